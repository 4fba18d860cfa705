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
    [InlineData("percentageOfNodesToScore: -1", "percentageOfNodesToScore: Invalid value: -1: not in valid range [0-100]")]
    [InlineData("profiles: [{percentageOfNodesToScore: 101}]", "profiles[0].percentageOfNodesToScore: Invalid value: 101: not in valid range [0-100]")]
    [InlineData("podInitialBackoffSeconds: 0", "podInitialBackoffSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("clientConnection: {burst: -1}", "clientConnection.burst: Invalid value: -1: must be non-negative")]
    [InlineData("leaderElection: {leaseDuration: 5s}", "leaderElection.leaseDuration: Invalid value: \"10s\": LeaseDuration must be greater than RenewDeadline")]
    [InlineData("leaderElection: {retryPeriod: -1s}", "leaderElection.retryPeriod: Invalid value: \"-1s\": must be greater than zero")]
    [InlineData("leaderElection: {resourceLock: configmap}", "leaderElection.resourceLock: Invalid value: \"configmap\": resourceLock value must be \"leases\"")]
    [InlineData("profiles: [{plugins: {queueSort: {enabled: [{name: A}, {name: B}]}}}]", "profiles[0].plugins.queueSort.Enabled: Invalid value: 2: only one queue sort plugin can be enabled")]
    [InlineData("profiles: [{schedulerName: a, plugins: {queueSort: {enabled: [{name: A}]}}}, {schedulerName: b, plugins: {queueSort: {enabled: [{name: B}]}}}]", "profiles[1].plugins.queueSort: Invalid value: \"B\": queueSort must be the same for all profiles")]
    [InlineData("profiles: [{schedulerName: a}, {schedulerName: b, plugins: {queueSort: {enabled: [{name: B}]}}}]", "profiles[1].plugins.queueSort: Invalid value: \"B\": queueSort must be the same for all profiles")]
    [InlineData("profiles: [{schedulerName: a, plugins: {queueSort: {enabled: [{name: A}]}}, pluginConfig: [{name: A, args: {x: 1}}]}, {schedulerName: b, plugins: {queueSort: {enabled: [{name: A}]}}, pluginConfig: [{name: A, args: {x: 2}}]}]", "profiles[1].pluginConfig.args: Invalid value: \"{\\\"x\\\":2}\": queueSort must be the same for all profiles")]
    [InlineData("profiles: [{pluginConfig: [{name: A}, {name: A}]}]", "profiles[0].pluginConfig[1]: Duplicate value: \"A\"")]
    [InlineData("profiles: [{pluginConfig: [{name: DefaultPreemption, args: {kind: InterPodAffinityArgs}}]}]", "args for plugin DefaultPreemption were not of type DefaultPreemptionArgs.kubescheduler.config.k8s.io, got InterPodAffinityArgs")]
    [InlineData("extenders: [{urlPrefix: 'http://x/', managedResources: [{name: example.com/a}, {name: example.com/a}]}]", "extenders[0].managedResources[1].name: Invalid value: \"example.com/a\": duplicate extender managed resource name")]
    [InlineData("extenders: [{urlPrefix: 'http://x/', managedResources: [{name: cpu}]}]", "extenders[0].managedResources[0].name: Invalid value: \"cpu\": is an invalid extended resource name")]
    [InlineData("extenders: [{urlPrefix: 'http://x/', bindVerb: a}, {urlPrefix: 'http://y/', bindVerb: b}]", "extenders: Invalid value: \"found 2 extenders implementing bind\": only one extender can implement bind")]
    [InlineData("extenders: [{urlPrefix: 'http://x/', prioritizeVerb: p}]", "extenders[0].weight: Invalid value: 0: must have a positive weight applied to it")]
    [InlineData("profiles: [{plugins: {filter: {enabled: [{name: EBSLimits}]}}}]", "profiles[0].plugins.filter.enabled[0]: Invalid value: \"EBSLimits\": was invalid in version \"v1\" (KubeSchedulerConfiguration is version \"kubescheduler.config.k8s.io/v1\")")]
    public void Read_WrongConfiguration_SaysWhereAndWhy(string text, string error) => Assert.Equal(error, Failure(text));

    [Theory]
    [InlineData("InterPodAffinity", "hardPodAffinityWeight: 101", "hardPodAffinityWeight: Invalid value: 101: not in valid range [0, 100]")]
    [InlineData("DefaultPreemption", "minCandidateNodesPercentage: -1", "minCandidateNodesPercentage: Invalid value: -1: not in valid range [0, 100]")]
    [InlineData("DefaultPreemption", "minCandidateNodesAbsolute: -1", "minCandidateNodesAbsolute: Invalid value: -1: not in valid range [0, inf)")]
    [InlineData("InterPodAffinity", "hardPodAffinityWeight: -1", "hardPodAffinityWeight: Invalid value: -1: not in valid range [0, 100]")]
    [InlineData("NodeAffinity", "addedAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: Exists}]}]}}", "addedAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].operator: Unsupported value: \"Exists\": supported values: \"In\", \"NotIn\"")]
    [InlineData("NodeResourcesFit", "ignoredResources: ['a b']", "ignoredResources[0]: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")]
    [InlineData("NodeResourcesFit", "ignoredResourceGroups: [example.com/a]", "ignoredResourceGroups[0]: Invalid value: \"example.com/a\": resource group name can't contain '/'")]
    [InlineData("NodeResourcesFit", "scoringStrategy: {type: RequestedToCapacityRatio, requestedToCapacityRatio: {shape: [{utilization: 50, score: 1}, {utilization: 40, score: 1}]}}", "scoringStrategy.shape[1].utilization: Invalid value: 40: values must be sorted in increasing order")]
    [InlineData("NodeResourcesFit", "scoringStrategy: {type: RequestedToCapacityRatio, requestedToCapacityRatio: {shape: [{utilization: 101, score: 1}]}}", "scoringStrategy.shape[0].utilization: Invalid value: 101: not in valid range [0, 100]")]
    [InlineData("NodeResourcesFit", "scoringStrategy: {type: RequestedToCapacityRatio, requestedToCapacityRatio: {shape: [{utilization: 10, score: 11}]}}", "scoringStrategy.shape[0].score: Invalid value: 11: not in valid range [0, 10]")]
    [InlineData("NodeResourcesBalancedAllocation", "resources: [{name: cpu}, {name: cpu}]", "resources[1].name: Duplicate value: \"cpu\"")]
    [InlineData("PodTopologySpread", "{defaultingType: System, defaultConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}", "defaultingType: Invalid value: \"System\": when .defaultConstraints are not empty")]
    [InlineData("PodTopologySpread", "{defaultingType: List, defaultConstraints: [{maxSkew: 1, topologyKey: '', whenUnsatisfiable: DoNotSchedule}]}", "defaultConstraints[0].topologyKey: Required value: can not be empty")]
    [InlineData("PodTopologySpread", "{defaultingType: List, defaultConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Never}]}", "defaultConstraints[0].whenUnsatisfiable: Unsupported value: \"Never\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\"")]
    [InlineData("PodTopologySpread", "{defaultingType: List, defaultConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}}]}", "defaultConstraints[0].labelSelector: Forbidden: constraint must not define a selector, as they deduced for each pod")]
    [InlineData("PodTopologySpread", "{defaultingType: List, defaultConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}, {maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}", "defaultConstraints[1]: Duplicate value: \"{zone, DoNotSchedule}\"")]
    [InlineData("DynamicResources", "bindingTimeout: 1ms", "bindingTimeout: Invalid value: \"1ms\": must be at least 1 second")]
    [InlineData("DynamicResources", "filterTimeout: -1s", "filterTimeout: Invalid value: \"-1s\": must be zero or positive")]
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
    [InlineData("multiPoint: {enabled: [{name: Nothing}]}", "PreFilterPlugin \"Nothing\" does not exist")]
    [InlineData("score: {enabled: [{name: Nothing}]}", "ScorePlugin \"Nothing\" does not exist")]
    [InlineData("score: {enabled: [{name: NodeName}]}", "plugin \"NodeName\" does not extend ScorePlugin plugin")]
    [InlineData("score: {enabled: [{name: ImageLocality}, {name: ImageLocality}]}", "plugin \"ImageLocality\" already registered as \"ScorePlugin\"")]
    [InlineData("multiPoint: {enabled: [{name: ImageLocality}, {name: ImageLocality}]}", "plugin \"ImageLocality\" already registered as \"ScorePlugin\"")]
    [InlineData("queueSort: {disabled: [{name: PrioritySort}]}", "only one queue sort plugin required for profile with scheduler name \"default-scheduler\", but got 0")]
    [InlineData("bind: {disabled: [{name: \"*\"}]}", "at least one bind plugin is needed for profile with scheduler name \"default-scheduler\"")]
    public void ToOptions_ImpossiblePlugins_SaysWhy(string plugins, string error) =>
        Assert.Equal("initializing profiles: creating profile for scheduler name default-scheduler: " + error, Assert.Throws<ConfigurationException>(() => Read($"profiles: [{{plugins: {{{plugins}}}}}]").ToOptions()).Message);

    [Fact]
    public void ToOptions_PluginOfTheCallerBreaks_IsNamed()
    {
        var registry = new PluginRegistry().Add("Lucky", _ => throw new InvalidOperationException("no luck"));
        var e = Assert.Throws<ConfigurationException>(() => Read("profiles: [{plugins: {multiPoint: {enabled: [{name: Lucky}]}}}]").ToOptions(registry));
        Assert.EndsWith("scheduler name default-scheduler: initializing plugin \"Lucky\": no luck", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("multiPoint: {enabled: [{name: TaintToleration, weight: 7}]}", 7)]
    [InlineData("multiPoint: {enabled: [{name: TaintToleration}]}", 1)]
    [InlineData("score: {enabled: [{name: TaintToleration}]}", 1)]
    [InlineData("score: {enabled: [{name: TaintToleration, weight: 5}]}, multiPoint: {enabled: [{name: TaintToleration, weight: 7}]}", 5)]
    public void ToOptions_WeightOfADefaultPlugin_IsWhatTheProfileSaysOrOne(string plugins, int weight) =>
        Assert.Equal(weight, Assert.Single(Read($"profiles: [{{plugins: {{{plugins}}}}}]").ToOptions().Profiles[0].Score, s => s.Plugin.Name == "TaintToleration").Weight);

    [Fact]
    public void Read_WhatIsEmptyOrZero_IsAsIfNotGiven()
    {
        var configuration = Read("""
            leaderElection: {leaseDuration: 0s, resourceName: "", resourceNamespace: "", resourceLock: ""}
            profiles:
            - pluginConfig:
              - {name: NodeResourcesFit, args: {scoringStrategy: {resources: []}}}
              - {name: NodeResourcesBalancedAllocation, args: {resources: [{name: cpu, weight: 0}]}}
              - {name: PodTopologySpread, args: {defaultingType: ""}}
            """);
        Assert.Equal(("kube-scheduler", "kube-system", "leases"), (configuration.LeaderElection.ResourceName, configuration.LeaderElection.ResourceNamespace, configuration.LeaderElection.ResourceLock));
        Assert.Equal("15s", configuration.LeaderElection.LeaseDuration.ToString());
        var args = configuration.Profiles[0].PluginConfig.ToDictionary(config => config.Name, config => config.Known);
        Assert.Equal([new("cpu"), new("memory")], Assert.IsType<NodeResourcesFitArgs>(args["NodeResourcesFit"]).ScoringStrategy.Resources);
        Assert.Equal([new("cpu")], Assert.IsType<NodeResourcesBalancedAllocationArgs>(args["NodeResourcesBalancedAllocation"]).Resources);
        Assert.Equal("System", Assert.IsType<PodTopologySpreadArgs>(args["PodTopologySpread"]).DefaultingType);
    }

    [Fact]
    public void Write_Default_NamesThePluginsAndTheirArguments()
    {
        var yaml = Api.Codec.YamlTree.Format(ConfigurationWriter.Write(ConfigurationReader.Default()));
        var golden = Path.Combine(Path.GetDirectoryName(Here())!, "default-configuration.yaml");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(golden, yaml);
        Assert.Equal(File.ReadAllText(golden), yaml);
        Assert.Equal(yaml, Api.Codec.YamlTree.Format(ConfigurationWriter.Write(ConfigurationReader.Read(Encoding.UTF8.GetBytes(yaml)))));
    }

    [Fact]
    public void ToOptions_Extenders_IgnorableOnesComeLast() => Assert.Equal(
        ["http://b/", "http://c/", "http://a/"],
        Read("extenders: [{urlPrefix: 'http://a/', ignorable: true}, {urlPrefix: 'http://b/'}, {urlPrefix: 'http://c/'}]").ToOptions().Profiles[0].Extenders.Select(extender => extender.Name));

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

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;

    private static string WithArgs(string plugin, string args) => $"profiles: [{{pluginConfig: [{{name: {plugin}, args: {(args[0] == '{' ? args : $"{{{args}}}")}}}]}}]";

    private static KubeSchedulerConfiguration Read(string text) => ConfigurationReader.Read(Encoding.UTF8.GetBytes(Head + text));

    private static string Failure(string text) => Assert.Throws<ConfigurationException>(() => Read(text)).Message;
}
