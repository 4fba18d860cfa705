using System.Text;
using Sampan.Scheduler.Configuration;

namespace Sampan.Scheduler.Tests;

public sealed class ConfigurationTests
{
    private const string Head = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n";

    [Fact]
    public void Read_NothingSaid_HasUpstreamsDefaults()
    {
        var configuration = Read("");
        var options = configuration.ToOptions();
        Assert.Equal("default-scheduler", options.Profiles[0].SchedulerName);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Queue.InitialBackoff);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Queue.MaxBackoff);
        Assert.Equal("kube-scheduler", options.LeaderElection!.LeaseName);
        Assert.Equal(
            ["TaintToleration 3", "NodeAffinity 2", "NodeResourcesFit 1", "PodTopologySpread 2", "InterPodAffinity 2", "DynamicResources 2", "NodeResourcesBalancedAllocation 1", "ImageLocality 1"],
            options.Profiles[0].Score.Select(s => $"{s.Plugin.Name} {s.Weight}"));
    }

    [Theory]
    [InlineData("parallelism: 0", "parallelism: Invalid value: 0: should be an integer value greater than zero")]
    [InlineData("percentageOfNodesToScore: 101", "percentageOfNodesToScore: Invalid value: 101: not in valid range [0-100]")]
    [InlineData("podMaxBackoffSeconds: 0", "podMaxBackoffSeconds: Invalid value: 0: must be greater than or equal to PodInitialBackoffSeconds")]
    [InlineData("foo: 1", "strict decoding error: unknown field \"foo\"")]
    [InlineData("profiles: [{schedulerName: a}, {schedulerName: a}]", "profiles[1].schedulerName: Duplicate value: \"profiles[0].schedulerName\"")]
    [InlineData("profiles: [{schedulerName: a}, {}]", "profiles[1].schedulerName: Required value")]
    [InlineData("leaderElection: {leaseDuration: 5s}", "leaderElection.leaseDuration: Invalid value: \"10s\": must be greater than `RenewDeadline`")]
    [InlineData("extenders: [{urlPrefix: 'http://x/', prioritizeVerb: p}]", "extenders[0].weight: Invalid value: 0: must have a positive weight applied to it")]
    [InlineData("profiles: [{plugins: {filter: {enabled: [{name: EBSLimits}]}}}]", "profiles[0].plugins.filter.enabled[0]: Invalid value: \"EBSLimits\": was invalid in version \"v1\" (KubeSchedulerConfiguration is version \"kubescheduler.config.k8s.io/v1\")")]
    public void Read_WrongConfiguration_SaysWhereAndWhy(string text, string error) => Assert.Equal(error, Failure(text));

    [Theory]
    [InlineData("InterPodAffinity", "hardPodAffinityWeight: 101", "hardPodAffinityWeight: Invalid value: 101: not in valid range [0, 100]")]
    [InlineData("DefaultPreemption", "minCandidateNodesPercentage: -1", "minCandidateNodesPercentage: Invalid value: -1: not in valid range [0, 100]")]
    [InlineData("NodeResourcesFit", "scoringStrategy: {type: Best}", "scoringStrategy.type: Unsupported value: \"Best\": supported values: \"LeastAllocated\", \"MostAllocated\", \"RequestedToCapacityRatio\"")]
    [InlineData("NodeResourcesFit", "scoringStrategy: {resources: [{name: cpu, weight: 101}]}", "scoringStrategy.resources[0].weight: Invalid value: 101: resource weight of cpu not in valid range (0, 100]")]
    [InlineData("NodeResourcesFit", "scoringStrategy: {type: RequestedToCapacityRatio}", "scoringStrategy.shape: Required value: at least one point must be specified")]
    [InlineData("NodeResourcesBalancedAllocation", "resources: [{name: cpu, weight: 2}]", "resources[0].weight: Invalid value: 2: must be 1")]
    [InlineData("PodTopologySpread", "defaultingType: None", "defaultingType: Unsupported value: \"None\": supported values: \"System\", \"List\"")]
    [InlineData("PodTopologySpread", "{defaultingType: List, defaultConstraints: [{maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}", "defaultConstraints[0].maxSkew: Invalid value: 0: not in valid range (0, inf)")]
    [InlineData("VolumeBinding", "bindTimeoutSeconds: -1", "bindTimeoutSeconds: Invalid value: -1: invalid BindTimeoutSeconds, should not be a negative value")]
    public void Read_WrongArguments_SaysWhereAndWhy(string plugin, string args, string error) =>
        Assert.Equal($"profiles[0].pluginConfig[0].args.{error}", Failure(WithArgs(plugin, args)));

    [Fact]
    public void Read_UnknownArgument_IsNamedWithItsPlace() =>
        Assert.Equal("strict decoding error: unknown field \"profiles[0].pluginConfig[0].args.foo\"", Failure(WithArgs("InterPodAffinity", "foo: 1")));

    [Fact]
    public void Read_OtherKind_IsRefused()
    {
        var yaml = Encoding.UTF8.GetBytes("apiVersion: kubescheduler.config.k8s.io/v1beta3\nkind: KubeSchedulerConfiguration\n");
        Assert.StartsWith("no kind \"KubeSchedulerConfiguration\" is registered for version \"kubescheduler.config.k8s.io/v1beta3\"",
            Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToOptions_SeveralProfiles_HaveTheirOwnPlugins()
    {
        var options = Read("""
            profiles:
            - schedulerName: default-scheduler
            - schedulerName: packing
              percentageOfNodesToScore: 100
              plugins: {score: {disabled: [{name: ImageLocality}]}, multiPoint: {enabled: [{name: TaintToleration, weight: 7}]}}
              pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: {type: MostAllocated}}}]
            """).ToOptions();
        Assert.Equal(["default-scheduler", "packing"], options.Profiles.Select(p => p.SchedulerName));
        Assert.Equal(100, options.Profiles[1].PercentageOfNodesToScore);
        Assert.DoesNotContain(options.Profiles[1].Score, s => s.Plugin.Name == "ImageLocality");
        Assert.Contains(options.Profiles[1].Score, s => s.Plugin.Name == "TaintToleration" && s.Weight == 7);
        Assert.Contains(options.Profiles[0].Score, s => s.Plugin.Name == "TaintToleration" && s.Weight == 3);
    }

    [Theory]
    [InlineData("multiPoint: {enabled: [{name: Nothing}]}", "MultiPoint plugin \"Nothing\" does not exist")]
    [InlineData("score: {enabled: [{name: NodeName}]}", "plugin \"NodeName\" does not extend Score plugin")]
    [InlineData("queueSort: {disabled: [{name: PrioritySort}]}", "only one queue sort plugin required for profile with scheduler name \"default-scheduler\", but got 0")]
    [InlineData("bind: {disabled: [{name: \"*\"}]}", "at least one bind plugin is needed for profile with scheduler name \"default-scheduler\"")]
    public void ToOptions_ImpossiblePlugins_SaysWhy(string plugins, string error) =>
        Assert.Equal(error, Assert.Throws<ConfigurationException>(() => Read($"profiles: [{{plugins: {{{plugins}}}}}]").ToOptions()).Message);

    [Fact]
    public void ToOptions_PluginOfTheCaller_TakesPartWithItsArguments()
    {
        var registry = new PluginRegistry().Add("Lucky", config => new Lucky(config.Args!.Value.GetProperty("node").GetString()!));
        var profile = Read("profiles: [{plugins: {multiPoint: {enabled: [{name: Lucky, weight: 5}]}}, pluginConfig: [{name: Lucky, args: {node: n7}}]}]").ToOptions(registry).Profiles[0];
        var (plugin, weight) = profile.Score[^1];
        Assert.Equal(("n7", 5), (Assert.IsType<Lucky>(plugin).Node, weight));
    }

    [Fact]
    public void Build_PluginNamedForOnePoint_GoesFirstIfItTakesPartEverywhere()
    {
        var registry = new PluginRegistry().Add("Lucky", _ => new Lucky("n"));
        var profile = Read("profiles: [{plugins: {score: {enabled: [{name: Lucky}, {name: ImageLocality, weight: 9}]}}}]").ToOptions(registry).Profiles[0];
        Assert.Equal(("ImageLocality", 9), (profile.Score[0].Plugin.Name, profile.Score[0].Weight));
        Assert.Equal("Lucky", profile.Score[^1].Plugin.Name);
    }

    private static string WithArgs(string plugin, string args) => $"profiles: [{{pluginConfig: [{{name: {plugin}, args: {(args[0] == '{' ? args : $"{{{args}}}")}}}]}}]";

    private static KubeSchedulerConfiguration Read(string text) => ConfigurationReader.Read(Encoding.UTF8.GetBytes(Head + text));

    private static string Failure(string text) => Assert.Throws<ConfigurationException>(() => Read(text)).Message;
}
