using System.Net;
using System.Net.Sockets;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>The token of a joining node stays a secret on its machine.</summary>
[Collection(ClusterCollection.Name)]
public sealed class JoinTokenTests
{
    [Fact]
    public async Task Agent_TokenOnTheCommandLine_IsHiddenFromTheListOfProcesses()
    {
        Assert.SkipWhen(TestCluster.Unavailable() is not null, TestCluster.Unavailable() ?? "");
        string token = "abcdef.0123456789abcdef:sha256:" + new string('a', 64), data = Directory.CreateTempSubdirectory("sampan-token-").FullName;
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string server = $"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}";
        using var agent = Shell.Start(Path.Combine(TestCluster.Root, "sampan"), ["agent", "--server", server, "--token", token, "--data-dir", data, "--node-ip", "127.0.0.1"]);
        try
        {
            // It waits for an answer of the server, which never comes.
            using var connection = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
            int pid = int.Parse((await File.ReadAllTextAsync(Path.Combine(data, "run", "server.pid"), TestContext.Current.CancellationToken)).Split(' ')[0]);
            string arguments = await File.ReadAllTextAsync($"/proc/{pid}/cmdline", TestContext.Current.CancellationToken);
            Assert.Contains(new string('*', token.Length), arguments);
            Assert.DoesNotContain("0123456789abcdef", arguments);
        }
        finally
        {
            agent.Kill(entireProcessTree: true);
            await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
            Directory.Delete(data, recursive: true);
        }
    }
}
