using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>What all slices of one owner have in common.</summary>
internal sealed record SliceTemplate(
    string Namespace, string ServiceName, string Prefix, Dictionary<string, string> Labels, Dictionary<string, string> Annotations, OwnerReference Owner)
{
    private const int MaxPrefix = 57;

    /// <summary>How the endpoints get their hints, for those who count: Auto or Disabled, and what the Service prefers.</summary>
    public string Topology { get; private init; } = "Disabled";

    public string TrafficDistribution { get; private init; } = "";

    public static SliceTemplate ForService(Service service, string managedBy)
    {
        var labels = Common(service.Metadata, service.Metadata.Name, managedBy);
        if (service.Spec.ClusterIP == "None") labels[SliceLabels.Headless] = "";
        return new(service.Metadata.Namespace, service.Metadata.Name, PrefixOf(service.Metadata.Name), labels, [], OwnerReferences.ControllerRef(service))
        {
            Topology = TopologyHints.IsAuto(service) ? "Auto" : "Disabled", TrafficDistribution = service.Spec.TrafficDistribution ?? "",
        };
    }

    /// <summary>Mirrored slices also carry the annotations of the Endpoints.</summary>
    public static SliceTemplate ForEndpoints(Sampan.Api.Core.V1.Endpoints endpoints, string managedBy)
    {
        var annotations = endpoints.Metadata.Annotations.OrEmpty()
            .Where(a => a.Key is not (SliceLabels.LastChange or "kubectl.kubernetes.io/last-applied-configuration"))
            .ToDictionary(a => a.Key, a => a.Value);
        var name = endpoints.Metadata.Name;
        return new(
            endpoints.Metadata.Namespace, name, PrefixOf(name), Common(endpoints.Metadata, name, managedBy), annotations,
            OwnerReferences.ControllerRef(endpoints));
    }

    public EndpointSlice New(SliceGroup group, List<Endpoint> endpoints) => new()
    {
        Metadata = new ObjectMeta
        {
            GenerateName = Prefix,
            Namespace = Namespace,
            Labels = new(Labels),
            Annotations = Annotations.Count > 0 ? new(Annotations) : null,
            OwnerReferences = [Owner.DeepClone()],
        },
        AddressType = group.AddressType,
        Ports = group.Ports.Select(p => p.DeepClone()).ToList(),
        Endpoints = endpoints,
    };

    public bool HasSameLabels(EndpointSlice slice)
    {
        var labels = slice.Metadata.Labels.OrEmpty();
        return labels.Count == Labels.Count && Labels.All(l => labels.GetValueOrDefault(l.Key) == l.Value)
            && Annotations.All(a => slice.Metadata.Annotations?.GetValueOrDefault(a.Key) == a.Value);
    }

    private static Dictionary<string, string> Common(ObjectMeta meta, string serviceName, string managedBy)
    {
        var labels = meta.Labels.OrEmpty().Where(l => !SliceLabels.IsReserved(l.Key)).ToDictionary(l => l.Key, l => l.Value);
        labels[SliceLabels.ServiceName] = serviceName;
        labels[SliceLabels.ManagedBy] = managedBy;
        return labels;
    }

    private static string PrefixOf(string name) => (name.Length > MaxPrefix ? name[..MaxPrefix] : name) + "-";
}
