using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>What containers of all sorts have in common.</summary>
internal sealed record ContainerView(string Name, SecurityContext? Context, IReadOnlyList<ContainerPort> Ports, IReadOnlyList<string> Hosts)
{
    public static ContainerView Of(Container one) =>
        new(one.Name, one.SecurityContext, one.Ports.OrEmpty(), HostsOf(one.Lifecycle, one.LivenessProbe, one.ReadinessProbe, one.StartupProbe));

    public static ContainerView Of(EphemeralContainer one) =>
        new(one.Name, one.SecurityContext, one.Ports.OrEmpty(), HostsOf(one.Lifecycle, one.LivenessProbe, one.ReadinessProbe, one.StartupProbe));

    private static string[] HostsOf(Lifecycle? lifecycle, params Probe?[] probes)
    {
        LifecycleHandler?[] hooks = [lifecycle?.PostStart, lifecycle?.PreStop];
        return
        [
            .. probes.SelectMany(probe => new[] { probe?.HttpGet?.Host, probe?.TcpSocket?.Host })
                .Concat(hooks.SelectMany(hook => new[] { hook?.HttpGet?.Host, hook?.TcpSocket?.Host }))
                .Where(host => !string.IsNullOrEmpty(host)).Select(host => host!),
        ];
    }
}
