using System.Diagnostics;
using System.Globalization;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>The first process of a machine: when it ends, the kernel ends all others of its process namespace.</summary>
internal sealed class InitProcess
{
    private readonly Process _parent;

    private InitProcess(Process parent, int id) => (_parent, Id) = (parent, id);

    /// <summary>As this test sees it. Never 0, which the kernel would take for the test run itself.</summary>
    public int Id { get; }

    /// <summary>Runs a program whose only child is the machine's init, and which says "up" when that has made its mounts.</summary>
    public static async Task<InitProcess> StartAsync(string program, params string[] arguments)
    {
        var parent = Shell.Start(program, arguments);
        try
        {
            if (await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "up")
                throw new InvalidOperationException($"the machine did not start: {await parent.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
            return new(parent, int.Parse(await Shell.RunAsync("pgrep", ["-P", $"{parent.Id}"]), CultureInfo.InvariantCulture));
        }
        catch
        {
            parent.Kill(entireProcessTree: true);
            throw;
        }
    }

    public async Task EndAsync()
    {
        await Shell.TryAsync("kill", ["-9", $"{Id}"]);
        await _parent.WaitForExitAsync();
        _parent.Dispose();
    }
}
