using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// Who makes control groups. The runtime and the kubelet have to agree: the runtime is asked, and only where it does not know the
/// question does the configuration tell. Upstream: cmd/kubelet/app.
/// </summary>
internal sealed class CgroupDriver(IContainerRuntime runtime, ICommands commands, MetricRegistry metrics, TimeProvider time, ILogger logger)
{
    public const string Cgroupfs = "cgroupfs";
    public const string Systemd = "systemd";

    /// <summary>The release from which on a runtime has to know the question.</summary>
    private const string LastRelease = "1.38.0";

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(2);

    /// <summary>Has the groups made by whom the runtime, or the configuration, says.</summary>
    /// <exception cref="ConfigurationException">That cannot be.</exception>
    public async Task UseAsync(MeasuredCgroups groups, string configured, CancellationToken cancellationToken)
    {
        if (await ChooseAsync(configured, Linux.Systemd.IsHere, cancellationToken) == Systemd)
        {
            groups.Use(kernel => new SystemdCgroups(kernel, new SystemdUnits(commands)));
        }
    }

    /// <param name="configured">What the configuration says.</param>
    /// <param name="hasSystemd">Whether this machine was booted with systemd.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One of the two.</returns>
    /// <exception cref="ConfigurationException">The runtime says what nobody knows, or there is no systemd that could make groups.</exception>
    public async Task<string> ChooseAsync(string configured, bool hasSystemd, CancellationToken cancellationToken)
    {
        var told = await AskAsync(cancellationToken);
        if (told is not (null or Cgroupfs or Systemd))
        {
            throw new ConfigurationException($"the container runtime makes control groups by a driver that the kubelet does not know ({told})");
        }

        if (told is not null && told != configured)
        {
            logger.LogInformation("The container runtime makes groups by {Driver}, and so does the kubelet, whatever its configuration says ({Configured})", told, configured);
        }

        var driver = told ?? configured;
        return driver != Systemd || hasSystemd ? driver : throw new ConfigurationException(
            $"{(told is null ? "cgroupDriver (--cgroup-driver)" : "the container runtime")} leaves control groups to systemd, but this machine was not booted with it (there is no /run/systemd/system): "
            + $"use {Cgroupfs} in the container runtime (in containerd: SystemdCgroup = false){(told is null ? " and in cgroupDriver" : "")}");
    }

    /// <summary>No pod can start before the runtime answers: a guess until then would only put groups in the wrong place.</summary>
    /// <returns>Null where the runtime does not say.</returns>
    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        for (var failure = ""; ;)
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
                if (failure != e.Detail)
                {
                    logger.LogWarning("Waiting for the container runtime to say how it makes control groups: {Detail}", failure = e.Detail);
                }

                await Task.Delay(BetweenAttempts, time, cancellationToken);
            }
        }
    }
}
