using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Admission.PodSecurity;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client.Metrics;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Admission;

public sealed class PodSecurityTests
{
    private const string Prefix = "pod-security.kubernetes.io/";

    [Fact]
    public void Run_PlainPod_NamesEverythingThatRestrictedAsksFor()
    {
        Assert.Equal(
            "allowPrivilegeEscalation != false (container \"a\" must set securityContext.allowPrivilegeEscalation=false), "
            + "unrestricted capabilities (container \"a\" must set securityContext.capabilities.drop=[\"ALL\"]), "
            + "runAsNonRoot != true (pod or container \"a\" must set securityContext.runAsNonRoot=true), "
            + "seccompProfile (pod or container \"a\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")",
            Findings(PodSecurityLevel.Restricted, _ => { }));
    }

    [Fact]
    public void Run_HardenedPod_FindsNothing() => Assert.Equal("", Findings(PodSecurityLevel.Restricted, Harden));

    [Fact]
    public void Run_PlainPod_IsBaseline() => Assert.Equal("", Findings(PodSecurityLevel.Baseline, _ => { }));

    public static TheoryData<string, Action<PodSpec>> Wrong() => new()
    {
        { "host namespaces (hostNetwork=true, hostPID=true)", spec => (spec.HostNetwork, spec.HostPID) = (true, true) },
        { "hostPath volumes (volume \"v\")", spec => spec.Volumes = [new() { Name = "v", HostPath = new() { Path = "/" } }] },
        { "hostPort (container \"a\" uses hostPort 80)", spec => spec.Containers[0].Ports = [new() { ContainerPortValue = 80, HostPort = 80 }] },
        { "privileged (container \"a\" must not set securityContext.privileged=true)", spec => spec.Containers[0].SecurityContext = new() { Privileged = true } },
        {
            "non-default capabilities (container \"a\" must not include \"NET_ADMIN\" in securityContext.capabilities.add)",
            spec => spec.Containers[0].SecurityContext = new() { Capabilities = new() { Add = ["NET_ADMIN", "CHOWN"] } }
        },
        {
            "procMount (container \"a\" must not set securityContext.procMount to \"Unmasked\")",
            spec => spec.Containers[0].SecurityContext = new() { ProcMount = "Unmasked" }
        },
        {
            "seccompProfile (pod must not set securityContext.seccompProfile.type to \"Unconfined\")",
            spec => spec.SecurityContext = new() { SeccompProfile = new() { Type = "Unconfined" } }
        },
        { "forbidden sysctl (kernel.msgmax)", spec => spec.SecurityContext = new() { Sysctls = [new() { Name = "kernel.msgmax", Value = "1" }] } },
        {
            "seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"x\"; user may not be set)",
            spec => spec.SecurityContext = new() { SeLinuxOptions = new() { Type = "x", User = "u" } }
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Run_OneThingWrong_SaysIt(string expected, Action<PodSpec> change) => Assert.Equal(expected, Findings(PodSecurityLevel.Baseline, change));

    [Fact]
    public async Task Create_InRestrictedNamespace_IsForbidden()
    {
        await using var server = await StartAsync(("enforce", "restricted"));
        var refusal = await RefusalAsync(() => server.Client.CreateAsync(AdmissionPods.Of("p"), default));
        Assert.StartsWith(
            "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (", refusal.Message, StringComparison.Ordinal);
        await server.Client.CreateAsync(AdmissionPods.Of("hard", change: Harden), default);
    }

    [Fact]
    public async Task Create_DeploymentOfForbiddenPods_OnlyWarns()
    {
        await using var server = await StartAsync(("warn", "baseline"), ("warn-version", "v1.30"));
        const string Body = """
            {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
            "spec":{"hostNetwork":true,"containers":[{"name":"a","image":"i"}]}}}}
            """;
        var answer = await server.SendAsync("POST", "/apis/apps/v1/namespaces/default/deployments", Body);
        Assert.Equal(201, answer.Code);
        Assert.Contains("would violate PodSecurity \\\"baseline:v1.30\\\": host namespaces (hostNetwork=true)", answer.Headers["Warning"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_UnknownLevel_IsInvalid()
    {
        await using var server = await TestServer.StartAsync();
        var refusal = await RefusalAsync(() => LabelAsync(server, ("enforce", "lenient")));
        Assert.Equal(
            "Namespace \"default\" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"lenient\": must be one of privileged, baseline, restricted",
            refusal.Message);
    }

    [Fact]
    public async Task Label_StricterThanWhatRuns_Warns()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await server.Client.CreateAsync(AdmissionPods.Of("p", change: spec => spec.HostNetwork = true), default);
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [Prefix + "enforce"] = "baseline" } } };
        var answer = await server.SendAsync("PATCH", "/api/v1/namespaces/default", patch.ToJsonString(), "application/merge-patch+json");
        Assert.Contains("existing pods in namespace", answer.Headers["Warning"].ToString(), StringComparison.Ordinal);
        Assert.Contains("p: host namespaces", answer.Headers["Warning"].ToString(), StringComparison.Ordinal);
    }

    /// <summary>What a pod was let in with it may keep, but a new image is looked at like a new pod.</summary>
    [Fact]
    public async Task Update_OfAPodThatIsTooFree_MayChangeAnythingButItsImages()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await server.Client.CreateAsync(AdmissionPods.Of("p"), default);
        await LabelAsync(server, ("enforce", "restricted"));
        Assert.Equal(200, (await PatchAsync(server, """{"metadata":{"labels":{"a":"b"}}}""")).Code);
        var refused = await PatchAsync(server, """{"spec":{"containers":[{"name":"a","image":"other"}]}}""");
        Assert.Equal(403, refused.Code);
        Assert.StartsWith("pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(403, (await PatchAsync(server, """{"spec":{"ephemeralContainers":[{"name":"e","image":"i"}]}}""", "/ephemeralcontainers")).Code);
        await LabelAsync(server, ("enforce", "baseline"));
        Assert.Equal(200, (await PatchAsync(server, """{"spec":{"containers":[{"name":"a","image":"other"}]}}""")).Code);
    }

    [Fact]
    public async Task Create_RefusedPod_IsCountedAndNotedButNotWarnedOf()
    {
        var metrics = new MetricRegistry();
        await using var server = await TestServer.StartAsync(options => options with { Metrics = metrics });
        await server.AddDefaultAccountAsync();
        await LabelAsync(server, ("enforce", "baseline"), ("enforce-version", "v1.99"), ("audit", "restricted"), ("audit-version", "v1.25"), ("warn", "baseline"));
        var answer = await server.SendAsync("POST", "/api/v1/namespaces/default/pods", """{"metadata":{"name":"p"},"spec":{"hostNetwork":true,"containers":[{"name":"a","image":"i"}]}}""");
        Assert.Equal((403, ""), (answer.Code, answer.Headers["Warning"].ToString()));
        await server.Client.CreateAsync(AdmissionPods.Of("plain"), default);
        var text = metrics.Render();
        Assert.Contains(Series("deny", "baseline", "future", "enforce") + " 1\n", text, StringComparison.Ordinal);
        Assert.Contains(Series("allow", "baseline", "future", "enforce") + " 1\n", text, StringComparison.Ordinal);
        Assert.Contains(Series("deny", "restricted", "v1.25", "audit") + " 2\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mode=\"warn\"", text, StringComparison.Ordinal);

        static string Series(string decision, string level, string version, string mode) =>
            $"pod_security_evaluations_total{{decision=\"{decision}\",policy_level=\"{level}\",policy_version=\"{version}\",mode=\"{mode}\",request_operation=\"create\",resource=\"pod\",subresource=\"\"}}";
    }

    [Fact]
    public async Task Label_LevelThatManyPodsViolate_NamesOneAndCountsTheOthers()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        foreach (var name in (string[])["c", "b", "a"])
        {
            await server.Client.CreateAsync(AdmissionPods.Of(name, change: spec => spec.HostNetwork = true), default);
        }
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [Prefix + "enforce"] = "baseline" } } };
        var answer = await server.SendAsync("PATCH", "/api/v1/namespaces/default", patch.ToJsonString(), "application/merge-patch+json");
        Assert.Contains("a (and 2 other pods): host namespaces", answer.Headers["Warning"].ToString(), StringComparison.Ordinal);
    }

    private static Task<RawAnswer> PatchAsync(TestServer server, string patch, string subresource = "") =>
        server.SendAsync("PATCH", "/api/v1/namespaces/default/pods/p" + subresource, patch, "application/strategic-merge-patch+json");

    private static string Findings(PodSecurityLevel level, Action<PodSpec> change) => string.Join(
        ", ", PodSecurityCheck.Run(new PodSecurityRule(level, PodSecurityRule.Latest), PodTemplates.Of(AdmissionPods.Of("p", change: change))));

    private static void Harden(PodSpec spec)
    {
        spec.SecurityContext = new() { RunAsNonRoot = true, SeccompProfile = new() { Type = "RuntimeDefault" } };
        spec.Containers[0].SecurityContext = new() { AllowPrivilegeEscalation = false, Capabilities = new() { Drop = ["ALL"] } };
    }

    private static async Task<TestServer> StartAsync(params (string Mode, string Value)[] labels)
    {
        var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await LabelAsync(server, labels);
        return server;
    }

    private static async Task LabelAsync(TestServer server, params (string Mode, string Value)[] labels)
    {
        var ns = (await server.Client.Of<Namespace>().GetAsync(null, "default", default)).DeepClone();
        ns.Metadata.Labels ??= [];
        foreach (var (mode, value) in labels)
        {
            ns.Metadata.Labels[Prefix + mode] = value;
        }
        await server.Client.Of<Namespace>().UpdateAsync(ns, default);
    }
}
