using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>What all slices of one owner have in common.</summary>
internal sealed record SliceTemplate(
    string Namespace, string ServiceName, Dictionary<string, string> Labels, Dictionary<string, string>? Annotations, OwnerReference Owner)
{
    /// <summary>How the endpoints get their hints, for those who count: Auto or Disabled, and what the Service prefers.</summary>
    public string Topology { get; private init; } = "Disabled";

    public string TrafficDistribution { get; private init; } = "";

    public static SliceTemplate ForService(Service service, string managedBy)
    {
        var labels = Common(service.Metadata, managedBy, l => !SliceLabels.IsReserved(l));
        if (service.Spec.ClusterIP is null or "" or "None") labels[SliceLabels.Headless] = "";
        var isAuto = TopologyHints.IsAuto(service);
        return new(service.Metadata.Namespace, service.Metadata.Name, labels, null, OwnerReferences.ControllerRef(service))
        {
            Topology = isAuto ? "Auto" : "Disabled", TrafficDistribution = isAuto ? "" : service.Spec.TrafficDistribution ?? "",
        };
    }

    /// <summary>Mirrored slices carry all labels of the Endpoints, and the annotations that say nothing of how those were written.</summary>
    public static SliceTemplate ForEndpoints(Sampan.Api.Core.V1.Endpoints endpoints, string managedBy)
    {
        var annotations = endpoints.Metadata.Annotations.OrEmpty()
            .Where(a => a.Key is not (SliceLabels.LastChange or "kubectl.kubernetes.io/last-applied-configuration"))
            .ToDictionary(a => a.Key, a => a.Value);
        return new(
            endpoints.Metadata.Namespace, endpoints.Metadata.Name, Common(endpoints.Metadata, managedBy, _ => true), annotations,
            OwnerReferences.ControllerRef(endpoints));
    }

    public EndpointSlice New(SliceGroup group, List<Endpoint> endpoints) => new()
    {
        Metadata = new ObjectMeta
        {
            GenerateName = ServiceName + "-",
            Namespace = Namespace,
            Labels = new(Labels),
            Annotations = Annotations is { Count: > 0 } ? new(Annotations) : null,
            OwnerReferences = [Owner.DeepClone()],
        },
        AddressType = group.AddressType,
        Ports = group.Ports.Select(p => p.DeepClone()).ToList(),
        Endpoints = endpoints,
    };

    /// <summary>What an owner of the same name left is not of this one.</summary>
    public bool Owns(EndpointSlice slice) => slice.Metadata.OwnerReferences.OrEmpty().Any(o => o.Uid == Owner.Uid);

    public bool HasSameLabels(EndpointSlice slice) =>
        PodChange.Same(slice.Metadata.Labels, Labels) && (Annotations is null || PodChange.Same(slice.Metadata.Annotations, Annotations));

    private static Dictionary<string, string> Common(ObjectMeta meta, string managedBy, Func<string, bool> copies)
    {
        var labels = meta.Labels.OrEmpty().Where(l => copies(l.Key)).ToDictionary(l => l.Key, l => l.Value);
        labels[SliceLabels.ServiceName] = meta.Name;
        labels[SliceLabels.ManagedBy] = managedBy;
        return labels;
    }
}
