using System.CommandLine;
using Sampan.Client;
using Sampan.Cluster;
using Sampan.Cluster.Lifecycle;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>`sampan kubeconfig`</summary>
internal static class KubeconfigCommand
{
    public static Command Create()
    {
        var dataDir = Options.DataDir();
        var merge = new Option<bool>("--merge") { Description = "Add the context to your own kubeconfig instead of printing it." };
        var command = new Command("kubeconfig", "Print the administrator's kubeconfig, or merge it into yours.") { dataDir, merge };
        command.SetAction(result =>
        {
            var paths = ClusterPaths.For(result.GetValue(dataDir)!);
            if (!File.Exists(paths.AdminKubeconfig)) return Failure.Show($"there is no cluster in {paths.Data} yet; start one with: sampan up");
            Console.WriteLine(result.GetValue(merge) ? UserKubeconfig.AddContext(paths, UserKubeconfig.DefaultPath) : File.ReadAllText(paths.AdminKubeconfig));
            return 0;
        });
        return command;
    }
}
