using System.CommandLine;
using Microsoft.Extensions.Logging;
using Sampan.Cluster;
using Sampan.Cluster.Host;
using Sampan.Cluster.Lifecycle;
using Sampan.Cluster.Server;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>`sampan server`</summary>
internal static class ServerCommand
{
    public static Command Create()
    {
        var dataDir = Options.DataDir();
        var server = new ServerOptions();
        var command = new Command("server", "Run the control plane and a node in the foreground. Pods go on when it ends; `sampan down` stops them.") { dataDir };
        server.AddTo(command);
        command.SetAction(async (result, ct) =>
        {
            if (Root.Missing() is { } advice) return Failure.Show(advice);
            try
            {
                return await RunAsync(server.ToClusterOptions(result, ClusterPaths.For(result.GetValue(dataDir)!)), result.GetValue(server.Verbosity), ct);
            }
            catch (Exception e) when (e is HostException or ComponentException)
            {
                return Failure.Show(e);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(ClusterOptions options, int verbosity, CancellationToken ct)
    {
        var process = new ServerProcess(options.Paths, TimeProvider.System);
        if (process.Find() is { } other) return Failure.Show($"a server of {options.Paths.Data} runs already, as process {other}; stop it with: sampan down{options.Paths.Option}");
        process.Register();
        using var logs = Logs.Create(verbosity);
        await new ClusterServer(options, TimeProvider.System, logs) { Announce = Console.IsOutputRedirected ? null : Announce }.RunAsync(ct);
        return 0;
    }

    // Not broken into lines, so that it can be copied.
    private static void Announce(string command) => Screen.Output.Profile.Out.Writer.WriteLine(
        $"To add a node, run this on another machine (the token holds for a day; make others with: sampan token create):\n  {command}");
}
