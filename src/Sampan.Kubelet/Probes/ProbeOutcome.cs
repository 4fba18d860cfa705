namespace Sampan.Kubelet.Probes;

/// <summary>What one run of a probe found.</summary>
internal readonly record struct ProbeOutcome(bool IsSuccess, string Message, bool IsWarning = false)
{
    public static ProbeOutcome Success(string message = "") => new(true, message);

    public static ProbeOutcome Failure(string message) => new(false, message);
}
