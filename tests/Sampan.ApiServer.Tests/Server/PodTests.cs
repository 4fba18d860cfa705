using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Rbac.V1;
using Sampan.Api.Scheduling.V1;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

public sealed class PodTests
{
    [Fact]
    public async Task Create_Minimal_IsFilledIn()
    {
        await using var server = await StartAsync();
        await server.AddDefaultAccountAsync();
        var pod = await CreateAsync(server, spec => { });
        Assert.Equal(("Always", "ClusterFirst", 30L), (pod.Spec.RestartPolicy, pod.Spec.DnsPolicy, pod.Spec.TerminationGracePeriodSeconds));
        Assert.Equal(("Pending", "BestEffort"), (pod.Status.Phase, pod.Status.QosClass));
        Assert.Equal("default", pod.Spec.ServiceAccountName);
        Assert.Equal(0, pod.Spec.Priority);
        Assert.Equal(2, pod.Spec.Tolerations!.Count);
        var mount = Assert.Single(pod.Spec.Containers[0].VolumeMounts!);
        Assert.Equal("/var/run/secrets/kubernetes.io/serviceaccount", mount.MountPath);
        Assert.StartsWith("kube-api-access-", mount.Name, StringComparison.Ordinal);
        Assert.Equal(3607, pod.Spec.Volumes![0].Projected!.Sources![0].ServiceAccountToken!.ExpirationSeconds);
    }

    [Fact]
    public async Task Create_WithOtherToleranceOfTheServer_StaysThatLong()
    {
        await using var server = await StartAsync(options => options with { NotReadyTolerationSeconds = 10, UnreachableTolerationSeconds = 20 });
        await server.AddDefaultAccountAsync();
        var pod = await CreateAsync(server, spec => { });
        Assert.Equal([10, 20], pod.Spec.Tolerations!.Select(toleration => toleration.TolerationSeconds));
    }

    [Fact]
    public async Task Create_UnknownAccount_IsForbidden()
    {
        await using var server = await StartAsync();
        var refusal = await RefusalAsync(() => CreateAsync(server, spec => spec.ServiceAccountName = "robot"));
        Assert.Equal(
            "pods \"p\" is forbidden: error looking up service account default/robot: serviceaccount \"robot\" not found", refusal.Message);
    }

    [Fact]
    public async Task Create_PriorityClass_IsResolved()
    {
        await using var server = await StartAsync();
        await server.AddDefaultAccountAsync();
        await server.Client.Of<PriorityClass>().CreateAsync(new PriorityClass { Metadata = new() { Name = "high" }, Value = 1000 }, default);
        Assert.Equal(1000, (await CreateAsync(server, spec => spec.PriorityClassName = "high")).Spec.Priority);
    }

    [Fact]
    public async Task Create_Wrong_NamesEveryField()
    {
        await using var server = await StartAsync();
        await server.AddDefaultAccountAsync();
        var refusal = await RefusalAsync(() => CreateAsync(server, spec =>
        {
            spec.RestartPolicy = "Sometimes";
            spec.Containers = [new() { Name = "A", Ports = [new() { ContainerPortValue = 99999 }], VolumeMounts = [new() { Name = "v", MountPath = "/x" }] }];
        }));
        Assert.Equal(
            ["spec.containers[0].name", "spec.containers[0].image", "spec.containers[0].ports[0].containerPort",
                "spec.containers[0].volumeMounts[0].name", "spec.restartPolicy"],
            refusal.Status.Details!.Causes!.Select(cause => cause.Field));
    }

    [Fact]
    public async Task Update_OtherField_IsForbidden()
    {
        await using var server = await StartAsync();
        await server.AddDefaultAccountAsync();
        var pod = await CreateAsync(server, spec => { });
        var image = pod.DeepClone();
        image.Spec.Containers[0].Image = "busybox:2";
        var updated = await server.Client.Of<Pod>().UpdateAsync(image, default);
        Assert.Equal(2, updated.Metadata.Generation);

        var command = updated.DeepClone();
        command.Spec.Containers[0].Command = ["sh"];
        var refusal = await RefusalAsync(() => server.Client.Of<Pod>().UpdateAsync(command, default));
        Assert.StartsWith(
            "Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`",
            refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EphemeralContainers_Patch_AddsOne()
    {
        await using var server = await StartAsync();
        await server.AddDefaultAccountAsync();
        await CreateAsync(server, spec => { });
        var answer = await server.SendAsync(
            "PATCH", "/api/v1/namespaces/default/pods/p/ephemeralcontainers",
            """{"spec":{"ephemeralContainers":[{"name":"debug","image":"busybox"}]}}""", "application/strategic-merge-patch+json");
        Assert.Equal(200, answer.Code);
        Assert.Equal("debug", (string?)answer.Json["spec"]!["ephemeralContainers"]![0]!["name"]);
    }

    [Fact]
    public async Task Create_WithoutRights_IsForbidden()
    {
        await using var server = await StartAsync(new AuthorizationOptions());
        var refusal = await RefusalAsync(() => server.ClientOf("jane").Of<Pod>().ListAsync("default", default));
        Assert.Equal(
            "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"", refusal.Message);
    }

    [Theory]
    [InlineData("exec")]
    [InlineData("attach")]
    [InlineData("portforward")]
    public async Task Streams_WithTheRightToReadAlone_AreForbidden(string stream)
    {
        await using var server = await StartAsync(new AuthorizationOptions());
        var admin = server.ClientOf("system:admin", "system:masters");
        await admin.GrantAsync("reads", "User", "jane", new PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = [$"pods/{stream}"] });
        var refusal = await RefusalAsync(() => server.ClientOf("jane").Of<Pod>().OpenAsync("default", "p", stream, [], default));
        Assert.Equal(
            $"pods \"p\" is forbidden: User \"jane\" cannot create resource \"pods/{stream}\" in API group \"\" in the namespace \"default\"", refusal.Message);
    }

    private static Task<Pod> CreateAsync(TestServer server, Action<PodSpec> change)
    {
        var pod = new Pod
        {
            Metadata = new() { Name = "p", Namespace = "default" },
            Spec = new() { Containers = [new() { Name = "c", Image = "busybox" }] },
        };
        change(pod.Spec);
        return server.Client.Of<Pod>().CreateAsync(pod, default);
    }
}
