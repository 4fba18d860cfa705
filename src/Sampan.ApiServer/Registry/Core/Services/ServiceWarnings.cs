using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Fields of Services that do nothing for their type, and old ways to say things. Upstream: pkg/api/service/warnings.go.</summary>
internal static class ServiceWarnings
{
    private const string TopologyHints = "service.kubernetes.io/topology-aware-hints";

    public static IEnumerable<string> Of(Service service)
    {
        var (spec, path) = (service.Spec, FieldPath.Of("spec"));
        var isHeadless = spec.Type == "ClusterIP" && ServiceShape.IsHeadless(service);
        var isAlias = spec.Type == "ExternalName";
        var hasExternal = spec.ExternalIPs.OrEmpty().Count > 0;
        return
        [
            .. If(
                service.Metadata.Annotations.OrEmpty().ContainsKey(TopologyHints),
                $"annotation {TopologyHints} is deprecated, please use service.kubernetes.io/topology-mode instead"),
            .. isAlias || isHeadless ? [] : Addresses(spec.ClusterIPs, path.Child("clusterIPs")),
            .. If(isHeadless && !string.IsNullOrEmpty(spec.LoadBalancerIP), "spec.loadBalancerIP is ignored for headless services"),
            .. If(isHeadless && hasExternal, "spec.externalIPs is ignored for headless services"),
            .. If(isHeadless && spec.SessionAffinity != "None", "spec.SessionAffinity is ignored for headless services"),
            .. Addresses(spec.ExternalIPs, path.Child("externalIPs")),
            .. If(
                hasExternal && !isHeadless && !isAlias, "spec.externalIPs is deprecated and may no longer be implemented in some clusters"),
            .. AddressWarnings.OfAddress(path.Child("loadBalancerIP"), spec.LoadBalancerIP),
            .. spec.LoadBalancerSourceRanges.OrEmpty().Index().SelectMany(one =>
                AddressWarnings.OfNetwork(path.Child("loadBalancerSourceRanges").Index(one.Index), one.Item)),
            .. If(isAlias && hasExternal, "spec.externalIPs is ignored when spec.type is \"ExternalName\""),
            .. If(!isAlias && !string.IsNullOrEmpty(spec.ExternalName), "spec.externalName is ignored when spec.type is not \"ExternalName\""),
            .. If(
                spec.TrafficDistribution == "PreferClose", "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\""),
        ];
    }

    private static IEnumerable<string> If(bool isSo, string warning) => isSo ? [warning] : [];

    private static IEnumerable<string> Addresses(List<string>? addresses, FieldPath path) =>
        addresses.OrEmpty().Index().SelectMany(one => AddressWarnings.OfAddress(path.Index(one.Index), one.Item));
}
