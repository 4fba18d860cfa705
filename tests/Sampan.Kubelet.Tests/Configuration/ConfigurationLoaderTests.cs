using System.Text.Json.Nodes;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private const string Head = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";
    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public void Load_Nothing_HasUpstreamsDefaults()
    {
        var configuration = ConfigurationLoader.Load(null, null, []);
        Assert.Equal((110, 10250, 10248), (configuration.MaxPods, configuration.Port, configuration.HealthzPort));
        Assert.Equal(TimeSpan.FromMinutes(5), configuration.CrashLoopBackOff.MaxContainerRestartPeriod.ToTimeSpan());
        Assert.Equal("10%", configuration.EvictionHard["nodefs.available"]);
        Assert.True(configuration.SerializeImagePulls);
    }

    [Fact]
    public void Load_FileDropInsAndFlags_EachWinsOverTheOneBefore()
    {
        var file = Write("kubelet.yaml", "maxPods: 50\nclusterDomain: one\nauthentication: { x509: { clientCAFile: /ca }, webhook: { cacheTTL: 1s } }\nevictionHard: { memory.available: 1Gi }\nclusterDNS: [10.0.0.1, 10.0.0.2]\n");
        Write("conf.d/20-second.conf", "clusterDomain: three\nauthentication: { webhook: { cacheTTL: 3s } }\n");
        Write("conf.d/10-first.conf", "clusterDomain: two\nmaxPods: 60\nclusterDNS: [10.0.0.3]\n");
        Write("conf.d/ignored.yaml", "maxPods: 1\n");

        var configuration = ConfigurationLoader.Load(file, _folder["conf.d"], new JsonObject { ["maxPods"] = 70 });

        Assert.Equal((70, "three"), (configuration.MaxPods, configuration.ClusterDomain));
        Assert.Equal(["10.0.0.3"], configuration.ClusterDns);
        Assert.Equal("/ca", configuration.Authentication.X509.ClientCaFile);
        Assert.Equal(TimeSpan.FromSeconds(3), configuration.Authentication.Webhook.CacheTtl.ToTimeSpan());
        Assert.Equal(["memory.available"], configuration.EvictionHard.Keys);
    }

    /// <summary>Upstream: TestParseThresholdConfig.</summary>
    [Theory]
    [InlineData("evictionHard: { mem.available: 150Mi }", "unsupported eviction signal mem.available")]
    [InlineData("evictionHard: { memory.available: \"-150Mi\" }", "eviction threshold memory.available must be positive: -150Mi")]
    [InlineData("evictionHard: { memory.available: \"0\" }", "eviction threshold memory.available must be positive: 0")]
    [InlineData("evictionHard: { memory.available: \"-15%\" }", "eviction percentage threshold memory.available must be >= 0%: -15%")]
    [InlineData("evictionHard: { memory.available: \"150%\" }", "eviction percentage threshold memory.available must be <= 100%: 150%")]
    [InlineData("evictionSoft: { memory.available: 150Mi }", "grace period must be specified for the soft eviction threshold memory.available")]
    [InlineData("evictionSoft: { memory.available: 150Mi }\nevictionSoftGracePeriod: { memory.available: -30s }", "invalid eviction grace period specified: -30s, must be a positive value")]
    [InlineData("evictionMinimumReclaim: { memory.available: -300Mi }", "negative eviction minimum reclaim specified for memory.available")]
    public void Load_ThresholdThatCannotBeMeant_SaysWhy(string text, string problem)
    {
        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load(Write("k.yaml", text + "\n"), null, []));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0%")]
    [InlineData("100%")]
    public void Load_ThresholdThatIsSwitchedOff_IsNone(string share) =>
        Assert.Empty(Sampan.Kubelet.Eviction.Threshold.From(ConfigurationLoader.Load(Write("k.yaml", $"evictionHard: {{ memory.available: \"{share}\" }}\n"), null, [])));

    [Fact]
    public void Load_FeatureGates_AreCheckedAndSaidWhereTheyChangeNothing()
    {
        var unknown = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load(Write("k.yaml", "featureGates: { NoSuch: true }\n"), null, []));
        Assert.Equal("failed to set feature gates from initial flags-based config: unrecognized feature gate: NoSuch", unknown.Message);
        var idle = ConfigurationLoader.Load(Write("k.yaml", "featureGates: { MemoryQoS: true }\n"), null, []);
        Assert.Equal(["feature gate MemoryQoS=true has no effect: the feature is not built and stays off"], ConfigurationRemarks.Of(idle));
    }

    [Theory]
    [InlineData("maxPods: 50\nmaxpod: 3\n", "maxpod")]
    [InlineData("syncFrequency: soon\n", "soon")]
    [InlineData("maxPods: many\n", "maxPods")]
    public void Load_FieldThatIsWrong_IsNamed(string text, string named)
    {
        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load(Write("kubelet.yaml", text), null, []));
        Assert.StartsWith($"failed to load Kubelet config file {_folder["kubelet.yaml"]}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherKind_IsRefused()
    {
        File.WriteAllText(_folder["kubelet.yaml"], "apiVersion: v1\nkind: Pod\n");
        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load(_folder["kubelet.yaml"], null, []));
        Assert.Contains("no kind \"Pod\" is registered for version \"v1\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Contradictions_AreAllTold()
    {
        var flags = new JsonObject { ["imageGCLowThresholdPercent"] = 90, ["maxPods"] = -1, ["evictionSoft"] = new JsonObject { ["memory.available"] = "1Gi" } };
        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load(null, null, flags));
        Assert.Contains("imageGCLowThresholdPercent (--image-gc-low-threshold) 90 must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) 85", failure.Message, StringComparison.Ordinal);
        Assert.Contains("maxPods (--max-pods) -1 must not be a negative number", failure.Message, StringComparison.Ordinal);
        Assert.Contains("grace period must be specified for the soft eviction threshold memory.available", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("systemCgroups: /x\n", "systemCgroups (--system-cgroups) was specified and cgroupRoot (--cgroup-root) was not specified")]
    [InlineData("imageMinimumGCAge: -1s\n", "imageMinimumGCAge -1s must not be negative")]
    [InlineData("iptablesDropBit: 32\n", "iptablesDropBit (--iptables-drop-bit) 32 must be between 0 and 31, inclusive")]
    [InlineData("kubeAPIBurst: -1\n", "kubeAPIBurst (--kube-api-burst) -1 must not be a negative number")]
    [InlineData("nodeStatusMaxImages: -2\n", "nodeStatusMaxImages (--node-status-max-images) -2 must be -1 or greater")]
    [InlineData("registryPullQPS: -1\n", "registryPullQPS (--registry-qps) -1 must not be a negative number")]
    [InlineData("runOnce: true\n", "Runonce mode has been deprecated and should not be set")]
    [InlineData("registerWithTaints: [{ key: a, effect: Later }]\n", "invalid taint")]
    [InlineData("shutdownGracePeriod: 500ms\n", "must be either zero or otherwise >= 1 sec")]
    [InlineData("shutdownGracePeriod: 1s\nshutdownGracePeriodCriticalPods: 2s\n", "must be <= shutdownGracePeriod")]
    [InlineData("crashLoopBackOff: { maxContainerRestartPeriod: 10m }\n", "(got: 600 seconds) must be set between 1s and 300s")]
    [InlineData("enforceNodeAllocatable: [pods, pods]\n", "duplicated enforcements \"pods\"")]
    [InlineData("enforceNodeAllocatable: [system-reserved]\n", "systemReservedCgroup (--system-reserved-cgroup) must be specified")]
    [InlineData("enforceNodeAllocatable: [kube-reserved, kube-reserved-compressible]\nkubeReservedCgroup: /x\n", "cannot be specified together")]
    [InlineData("enforceNodeAllocatable: [none, pods]\n", "may not contain additional enforcements when \"none\" is specified")]
    [InlineData("cgroupsPerQOS: false\n", "cgroupsPerQOS (--cgroups-per-qos) must be set to true when \"pods\" contained")]
    [InlineData("hairpinMode: flat\n", "option \"flat\" specified for hairpinMode")]
    [InlineData("imagePullCredentialsVerificationPolicy: Sometimes\n", "option \"Sometimes\" specified for imagePullCredentialsVerificationPolicy")]
    [InlineData("preloadedImagesVerificationAllowlist: [a]\n", "can't set `preloadedImagesVerificationAllowlist`")]
    [InlineData("reservedSystemCPUs: 0-1\nkubeReservedCgroup: /x\n", "can't use reservedSystemCPUs")]
    [InlineData("reservedSystemCPUs: a-b\n", "unable to parse reservedSystemCPUs")]
    [InlineData("memoryThrottlingFactor: 1.5\n", "memoryThrottlingFactor 1.5 must be greater than 0")]
    [InlineData("memoryReservationPolicy: TieredReservation\n", "requires MemoryQoS feature gate")]
    [InlineData("enableSystemLogQuery: true\nenableSystemLogHandler: false\n", "enableSystemLogHandler is required for enableSystemLogQuery")]
    [InlineData("containerLogMaxWorkers: 0\n", "containerLogMaxWorkers must be greater than or equal to 1")]
    [InlineData("containerLogMonitorInterval: 2s\n", "containerLogMonitorInterval must be a positive time duration greater than or equal to 3s")]
    [InlineData("containerLogMaxFiles: 1\n", "containerLogMaxFiles must be greater than 1")]
    [InlineData("podLogsDir: var/log\n", "pod logs path \"var/log\" must be absolute path")]
    [InlineData("podLogsDir: /var/../log\n", "must be normalized")]
    [InlineData("userNamespaces: { idsPerPod: 1000 }\n", "userNamespaces.idsPerPod 1000 must be a multiple of 65536")]
    [InlineData("cgroupDriver: own\n", "must be one of: \"cgroupfs\", \"systemd\"")]
    public void Load_WhatCannotBeMeant_IsToldInUpstreamsWords(string text, string message)
    {
        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load(Write("kubelet.yaml", text), null, []));
        Assert.StartsWith("failed to validate kubelet configuration, error: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DependentDefaults_FollowWhatIsGiven()
    {
        var flags = new JsonObject { ["nodeStatusUpdateFrequency"] = "4s", ["maxParallelImagePulls"] = 3, ["mergeDefaultEvictionSettings"] = true, ["evictionHard"] = new JsonObject { ["memory.available"] = "1Gi" } };
        var configuration = ConfigurationLoader.Load(null, null, flags);
        Assert.Equal(TimeSpan.FromSeconds(4), configuration.NodeStatusReportFrequency.ToTimeSpan());
        Assert.False(configuration.SerializeImagePulls);
        Assert.Equal(("1Gi", "10%"), (configuration.EvictionHard["memory.available"], configuration.EvictionHard["nodefs.available"]));
    }

    [Fact]
    public void Load_Taints_HaveTheirParts()
    {
        var configuration = ConfigurationLoader.Load(Write("kubelet.yaml", "registerWithTaints: [{ key: a, value: b, effect: NoSchedule }]\n"), null, []);
        Assert.Equal(("a", "b", "NoSchedule"), (configuration.RegisterWithTaints[0].Key, configuration.RegisterWithTaints[0].Value, configuration.RegisterWithTaints[0].Effect));
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], Head + text);
        return _folder[name];
    }
}
