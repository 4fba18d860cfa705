namespace Sampan.Kubelet.Probes;

/// <summary>The standing verdict of a probe; unknown until it has passed or failed often enough.</summary>
internal enum ProbeResult
{
    Unknown,
    Success,
    Failure,
}
