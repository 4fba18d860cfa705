using System.CommandLine;
using Sampan.Client;
using Sampan.Cluster;
using Sampan.Cluster.Lifecycle;
using Sampan.Terminal;
using Spectre.Console;

namespace Sampan.Commands;

/// <summary>`sampan down` and `sampan delete`</summary>
internal static class DownCommand
{
    public static Command CreateDown() =>
        Create("down", "Stop the cluster and its pods. Objects and images stay for the next `sampan up`.", (down, ct) => down.RunAsync(ct));

    public static Command CreateDelete() =>
        Create("delete", "Stop the cluster and remove all its data, images and the kubectl context.", (down, ct) => down.DeleteAsync(UserKubeconfig.DefaultPath, ct));

    private static Command Create(string name, string description, Func<ClusterDown, CancellationToken, Task> run)
    {
        var dataDir = Options.DataDir();
        var command = new Command(name, description) { dataDir };
        command.SetAction(async (result, ct) =>
        {
            if (Root.Missing() is { } advice) return Failure.Show(advice);
            try
            {
                var paths = ClusterPaths.For(result.GetValue(dataDir)!);
                await run(new ClusterDown(paths, new StepReporter(Screen.Output), TimeProvider.System), ct);
                return 0;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return Failure.Show(e);
            }
        });
        return command;
    }
}
