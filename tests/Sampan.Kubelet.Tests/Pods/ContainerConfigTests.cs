using System.Text;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Container = Sampan.Api.Core.V1.Container;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>What the runtime is told of a container.</summary>
public sealed class ContainerConfigTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(new[] { "/run" }, null)]
    [InlineData(null, new[] { "-v", "$(NAME)" })]
    [InlineData(new[] { "/run" }, new[] { "-v", "$(NAME)" })]
    public async Task Command_AndArguments_ReplaceTheImages(string[]? command, string[]? arguments)
    {
        var config = await StartAsync(c =>
        {
            (c.Command, c.Args) = (command?.ToList(), arguments?.ToList());
            c.Env = [new() { Name = "NAME", Value = "web" }];
        });

        Assert.Equal(command ?? [], config.Command);
        Assert.Equal(arguments is null ? [] : ["-v", "web"], config.Args);
    }

    [Theory]
    [InlineData("metadata.uid", "uid-a")]
    [InlineData("metadata.name", "a")]
    [InlineData("metadata.namespace", "default")]
    [InlineData("status.hostIP", "192.0.2.1")]
    [InlineData("status.hostIPs", "192.0.2.1")]
    [InlineData("spec.nodeName", "node")]
    public async Task Env_FieldOfThePod_HasItsValue(string field, string expected)
    {
        var config = await StartAsync(c => c.Env = [new() { Name = "FIELD", ValueFrom = new() { FieldRef = new() { FieldPath = field } } }]);

        Assert.Equal(expected, Variable(config, "FIELD"));
    }

    [Theory]
    [InlineData("limits.cpu", "4")]
    [InlineData("limits.memory", "8589934592")]
    [InlineData("requests.cpu", "0")]
    [InlineData("requests.memory", "0")]
    public async Task Env_ResourceThatIsNotStated_IsTheNodes(string resource, string expected)
    {
        var config = await StartAsync(c => c.Env = [new() { Name = "R", ValueFrom = new() { ResourceFieldRef = new() { Resource = resource } } }]);

        Assert.Equal(expected, Variable(config, "R"));
    }

    [Fact]
    public async Task Env_KeyOfASecret_HasItsValue()
    {
        await using var node = new Node();
        node.Objects.Secrets["s"] = new Secret { Data = new() { ["key"] = Encoding.UTF8.GetBytes("value") } };

        var config = await StartAsync(c => c.Env = [new() { Name = "S", ValueFrom = new() { SecretKeyRef = new() { Name = "s", Key = "key" } } }], node: node);

        Assert.Equal("value", Variable(config, "S"));
    }

    [Theory]
    [InlineData(65534L, null, 65534L)]
    [InlineData(null, 1000L, 1000L)]
    [InlineData(65534L, 1000L, 65534L)]
    public async Task User_OfTheContainer_WinsOverThePods(long? own, long? pods, long expected)
    {
        var context = await ContextAsync(new() { RunAsUser = own }, new() { RunAsUser = pods });

        Assert.Equal(expected, context.RunAsUser.Value);
    }

    [Theory]
    [InlineData(2001L, null, 2001L)]
    [InlineData(null, 1001L, 1001L)]
    [InlineData(2001L, 1001L, 2001L)]
    public async Task Group_OfTheContainer_WinsOverThePods(long? own, long? pods, long expected)
    {
        var context = await ContextAsync(new() { RunAsUser = 1000, RunAsGroup = own }, new() { RunAsGroup = pods });

        Assert.Equal(expected, context.RunAsGroup.Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flags_OfTheSecurityContext_ReachTheRuntime(bool isSet)
    {
        var context = await ContextAsync(new() { ReadOnlyRootFilesystem = isSet, Privileged = isSet, AllowPrivilegeEscalation = isSet }, null);

        Assert.Equal((isSet, isSet, !isSet), (context.ReadonlyRootfs, context.Privileged, context.NoNewPrivs));
    }

    [Theory]
    [InlineData("/root", "error SubPath `/root` must not be an absolute path")]
    [InlineData("../..", "unable to provision SubPath `../..`: must not contain '..'")]
    public void SubPath_ThatLeadsOut_IsRefused(string value, string message)
    {
        var mount = new VolumeMount { Name = "v", MountPath = "/v", SubPathExpr = "$(DIR)" };

        var failure = Assert.Throws<StartFailure>(() => SubPaths.Of(mount, new Dictionary<string, string> { ["DIR"] = value }));

        Assert.Equal(("CreateContainerConfigError", message), (failure.Reason, failure.Message));
    }

    [Fact]
    public void SubPath_WithVariables_IsExpanded()
    {
        var mount = new VolumeMount { Name = "v", MountPath = "/v", SubPathExpr = "logs/$(POD)" };

        Assert.Equal("logs/a", SubPaths.Of(mount, new Dictionary<string, string> { ["POD"] = "a" }));
        Assert.Equal("missing value for \"POD\"", Assert.Throws<StartFailure>(() => SubPaths.Of(mount, new Dictionary<string, string>())).Message);
    }

    [Fact]
    public async Task SubPath_OfAnAnnotationThatIsMended_LetsTheContainerStart()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p =>
        {
            p.Metadata.Annotations = new() { ["dir"] = "/root" };
            p.Spec.Volumes = [new() { Name = "v", EmptyDir = new() }];
            p.Spec.Containers[0].Env = [new() { Name = "DIR", ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.annotations['dir']" } } }];
            p.Spec.Containers[0].VolumeMounts = [new() { Name = "v", MountPath = "/v", SubPathExpr = "$(DIR)" }];
        });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Message == "error SubPath `/root` must not be an absolute path", "it waits");

        var mended = pod.DeepClone();
        mended.Metadata.Annotations!["dir"] = "logs";
        node.Pods.Upsert(mended);

        await node.UntilAsync(() => node.Status(pod).Phase == "Running", "it runs", TimeSpan.FromSeconds(1));
    }

    private static async Task<LinuxContainerSecurityContext> ContextAsync(SecurityContext own, PodSecurityContext? pods) =>
        (await StartAsync(c => c.SecurityContext = own, p => p.Spec.SecurityContext = pods)).Linux.SecurityContext;

    private static string Variable(ContainerConfig config, string name) => config.Envs.Single(e => e.Key == name).Value.ToStringUtf8();

    private static async Task<ContainerConfig> StartAsync(Action<Container> change, Action<Pod>? changePod = null, Node? node = null)
    {
        await using var own = node is null ? new Node() : null;
        var on = node ?? own!;
        await on.RunAsync(Node.Pod("a", p =>
        {
            change(p.Spec.Containers[0]);
            changePod?.Invoke(p);
        }));
        return on.Runtime.Running("a", "web")!.Config;
    }
}
