namespace Sampan.Kubelet.Probes;

/// <summary>What the probes of a container say at the moment.</summary>
internal interface IProbeResults
{
    ProbeResult Startup(string containerId);

    ProbeResult Liveness(string containerId);

    ProbeResult Readiness(string containerId);
}
