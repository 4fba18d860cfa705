using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Ports that say the same twice, or not which of two they mean.</summary>
internal static class ContainerPortWarnings
{
    /// <summary>A port is compared with this many others of its number; nobody has more.</summary>
    private const int MaxCompared = 100;

    public static IEnumerable<string> Of(PodSpec spec, FieldPath path)
    {
        var seen = new Dictionary<(int, string?), List<(ContainerPort Port, FieldPath Path)>>();
        var all = PodContainers.Of(spec, path).SelectMany(one =>
            one.Container.Ports.OrEmpty().Select((port, index) => (Port: port, Path: one.Path.Child("ports").Index(index))));
        foreach (var (port, at) in all)
        {
            if (!string.IsNullOrEmpty(port.HostIP) && port.HostPort == 0)
            {
                yield return $"{at}: hostIP set without hostPort: {{Name:{port.Name} HostPort:0 ContainerPort:{port.ContainerPortValue} "
                    + $"Protocol:{port.Protocol} HostIP:{port.HostIP}}}";
            }
            var alike = seen.TryGetValue((port.ContainerPortValue, port.Protocol), out var known)
                ? known : seen[(port.ContainerPortValue, port.Protocol)] = [];
            foreach (var (other, place) in alike.Take(MaxCompared))
            {
                if (Conflict(port, other) is { } conflict)
                {
                    yield return $"{at}: {conflict} with {place}";
                }
            }
            alike.Add((port, at));
        }
    }

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
