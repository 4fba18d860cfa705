namespace Sampan.Kubelet.Probes;

/// <summary>What one run of a probe found.</summary>
internal readonly record struct ProbeOutcome(bool IsSuccess, string Message, bool IsWarning = false)
{
    /// <summary>The container could not even be asked, so that nothing is known of it.</summary>
    public bool IsError { get; private init; }

    public static ProbeOutcome Success(string message = "") => new(true, message);

    public static ProbeOutcome Failure(string message) => new(false, message);

    public static ProbeOutcome Error(string message) => new(false, message) { IsError = true };
}
