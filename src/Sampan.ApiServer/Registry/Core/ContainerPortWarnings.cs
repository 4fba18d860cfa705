using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Ports that say the same twice, or not which of two they mean.</summary>
internal static class ContainerPortWarnings
{
    public static IEnumerable<string> Of(PodSpec spec, FieldPath path)
    {
        var seen = new List<(ContainerPort Port, FieldPath Path)>();
        var all = PodContainers.Of(spec, path).SelectMany(one =>
            one.Container.Ports.OrEmpty().Select((port, index) => (Port: port, Path: one.Path.Child("ports").Index(index))));
        foreach (var (port, at) in all)
        {
            if (!string.IsNullOrEmpty(port.HostIP) && port.HostPort == 0)
            {
                yield return $"{at}: hostIP set without hostPort: {{Name:{port.Name} HostPort:0 ContainerPort:{port.ContainerPortValue} "
                    + $"Protocol:{port.Protocol} HostIP:{port.HostIP}}}";
            }
            foreach (var (other, place) in seen.Where(one => IsSame(one.Port, port)))
            {
                if (Conflict(port, other) is { } conflict)
                {
                    yield return $"{at}: {conflict} with {place}";
                }
            }
            seen.Add((port, at));
        }
    }

    private static bool IsSame(ContainerPort a, ContainerPort b) => a.ContainerPortValue == b.ContainerPortValue && a.Protocol == b.Protocol;

    private static string? Conflict(ContainerPort port, ContainerPort other)
    {
        var (ip, otherIp) = (port.HostIP ?? "", other.HostIP ?? "");
        if (ip == otherIp && port.HostPort == other.HostPort)
        {
            return "duplicate port definition";
        }
        if (port.HostPort == 0 || other.HostPort == 0)
        {
            return "overlapping port definition";
        }
        return port.HostPort == other.HostPort && (ip.Length == 0) != (otherIp.Length == 0) ? "dangerously ambiguous port definition" : null;
    }
}
