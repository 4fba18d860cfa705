using System.Collections.Immutable;
using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Policies;

/// <summary>A pod with addresses of its own, in the terms of the policies.</summary>
internal sealed record PodView(ObjectKey Key, IReadOnlyDictionary<string, string> Labels, bool Local)
{
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    public ImmutableArray<NamedPort> Ports { get; init; } = [];

    /// <summary>Settles who owns an address that two pods still claim: the younger.</summary>
    public required string Age { get; init; }

    /// <summary>Null for pods that no policy concerns: those on the host's network, those that ended, those without an address yet.</summary>
    public static PodView? Of(Pod pod, string nodeName)
    {
        if (pod.Spec?.HostNetwork == true || pod.Status?.Phase is "Succeeded" or "Failed") return null;
        var addresses = AddressesOf(pod);
        if (addresses.IsEmpty) return null;
        return new PodView(new ObjectKey(pod.Metadata.Namespace, pod.Metadata.Name), pod.Metadata.Labels.OrEmpty(), pod.Spec?.NodeName == nodeName)
        {
            Addresses = addresses,
            Ports = [.. NamedPorts(pod)],
            Age = $"{pod.Metadata.CreationTimestamp:o} {pod.Metadata.Uid}",
        };
    }

    /// <summary>Whether the rules made from the two differ.</summary>
    public static bool Same(PodView? one, PodView? other) => (one, other) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => one.Local == other.Local && one.Age == other.Age && one.Addresses.SequenceEqual(other.Addresses)
            && one.Ports.SequenceEqual(other.Ports) && SameLabels(one.Labels, other.Labels),
    };

    public static bool SameLabels(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(l => other.TryGetValue(l.Key, out string? value) && value == l.Value);

    private static ImmutableArray<IPAddress> AddressesOf(Pod pod) =>
        [.. pod.Status?.PodIPs.OrEmpty().Select(p => p.Ip).Append(pod.Status.PodIP)
            .Select(t => IPAddress.TryParse(t, out var ip) ? ip : null).OfType<IPAddress>().Distinct() ?? []];

    private static IEnumerable<NamedPort> NamedPorts(Pod pod) =>
        from container in pod.Spec!.Containers.OrEmpty().Concat(pod.Spec.InitContainers.OrEmpty().Where(c => c.RestartPolicy == "Always"))
        from port in container.Ports.OrEmpty()
        where !string.IsNullOrEmpty(port.Name)
        select new NamedPort(port.Name!, ProtocolNames.Parse(port.Protocol), port.ContainerPortValue);
}
