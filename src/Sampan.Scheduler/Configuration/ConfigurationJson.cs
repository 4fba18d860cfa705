using System.Text.Json.Serialization;
using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Configuration;

/// <summary>Reading and writing of the configuration, generated at compile time. Unknown fields are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    Converters = [typeof(ApiValueConverter<Duration>), typeof(ApiValueConverter<NodeAffinity>), typeof(ApiValueConverter<TopologySpreadConstraint>)])]
[JsonSerializable(typeof(KubeSchedulerConfiguration))]
[JsonSerializable(typeof(DefaultPreemptionArgs))]
[JsonSerializable(typeof(DynamicResourcesArgs))]
[JsonSerializable(typeof(InterPodAffinityArgs))]
[JsonSerializable(typeof(NodeAffinityArgs))]
[JsonSerializable(typeof(NodeResourcesBalancedAllocationArgs))]
[JsonSerializable(typeof(NodeResourcesFitArgs))]
[JsonSerializable(typeof(PodTopologySpreadArgs))]
[JsonSerializable(typeof(VolumeBindingArgs))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
