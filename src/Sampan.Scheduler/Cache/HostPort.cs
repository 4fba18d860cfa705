using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>A port of the node that a pod occupies. The address 0.0.0.0 collides with every address.</summary>
public readonly record struct HostPort(string Protocol, string Address, int Port)
{
    private const string AnyAddress = "0.0.0.0";

    public bool CollidesWith(HostPort other) =>
        Port == other.Port && Protocol == other.Protocol && (Address == other.Address || Address == AnyAddress || other.Address == AnyAddress);

    internal static HostPort[] Of(PodSpec spec) =>
        [.. from container in spec.Containers.Concat(spec.InitContainers.OrEmpty().Where(c => c.RestartPolicy == "Always"))
            from port in container.Ports.OrEmpty()
            where port.HostPort > 0
            select new HostPort(OrDefault(port.Protocol, "TCP"), OrDefault(port.HostIP, AnyAddress), port.HostPort)];

    private static string OrDefault(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;
}
