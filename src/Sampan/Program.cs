using System.CommandLine;
using Sampan.Cluster.Host;
using Sampan.Commands;

NativeHeap.Share();
MappedCode.MapByPage();
var root = new RootCommand("Sampan: a Kubernetes-compatible cluster in one binary. Start one with: sampan up")
{
    UpCommand.Create(),
    DownCommand.CreateDown(),
    StatusCommand.Create(),
    WhyCommand.Create(),
    DownCommand.CreateDelete(),
    KubeconfigCommand.Create(),
    ImageCommand.Create(),
    ServerCommand.Create(),
    AgentCommand.Create(),
    TokenCommand.Create(),
    NodeCommand.Create(),
    VersionCommand.Create(),
    CompletionCommand.Create(),
    KubeApiServerCommand.Create(),
    KubeControllerManagerCommand.Create(),
    CloudControllerManagerCommand.Create(),
    KubeSchedulerCommand.Create(),
    KubeletCommand.Create(),
    KubeProxyCommand.Create(),
};
return await root.Parse(UpstreamFlag.Dashed(args)).InvokeAsync();
