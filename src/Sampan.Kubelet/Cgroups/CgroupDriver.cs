using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// Who makes control groups. The runtime and the kubelet have to agree: the runtime is asked, and only where it does not know the
/// question does the configuration tell. Upstream: cmd/kubelet/app.
/// </summary>
internal static class CgroupDriver
{
    public const string Cgroupfs = "cgroupfs";
    public const string Systemd = "systemd";

    /// <summary>The release from which on a runtime has to know the question.</summary>
    private const string LastRelease = "1.38.0";

    /// <summary>
    /// A runtime that says systemd is only warned of: containerd says so as well on every host with systemd where its settings are
    /// silent, and makes groups as it is told all the same.
    /// </summary>
    /// <exception cref="ConfigurationException">The configuration leaves groups to systemd, which this kubelet does not, and the runtime says nothing else.</exception>
    public static async Task CheckAsync(IContainerRuntime runtime, string configured, MetricRegistry metrics, ILogger logger, CancellationToken cancellationToken)
    {
        switch (await AskAsync(runtime, metrics, logger, cancellationToken))
        {
            case null when configured != Cgroupfs:
                throw new ConfigurationException($"cgroupDriver \"{configured}\" is not supported: use {Cgroupfs} in the container runtime and in cgroupDriver (--cgroup-driver)");
            case Cgroupfs when configured != Cgroupfs:
                logger.LogInformation("The container runtime makes groups by {Driver}, whatever the configuration says ({Configured})", Cgroupfs, configured);
                break;
            case { } told when told != Cgroupfs:
                logger.LogWarning("The container runtime says that it makes groups by {Driver}, and the kubelet by {Own}: should no pod start, have the runtime use {Own} (in containerd: SystemdCgroup = false)", told, Cgroupfs, Cgroupfs);
                break;
        }
    }

    /// <returns>Null where the runtime does not say.</returns>
    private static async Task<string?> AskAsync(IContainerRuntime runtime, MetricRegistry metrics, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.CgroupDriverAsync(cancellationToken);
        }
        catch (RpcException e) when (e.Code == GrpcStatusCode.Unimplemented)
        {
            metrics.Gauge("kubelet_cri_losing_support", "[ALPHA] The release of Kubernetes that needs a newer container runtime than this one.", "version").With(LastRelease).Set(1);
            return null;
        }
        catch (RpcException e)
        {
            logger.LogWarning("The container runtime did not say how it makes groups; the configuration tells: {Detail}", e.Detail);
            return null;
        }
    }
}
