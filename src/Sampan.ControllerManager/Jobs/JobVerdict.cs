namespace Sampan.ControllerManager.Jobs;

/// <summary>What a failed pod means: it counts (the default), it is ignored, or the Job or the pod's index fails with it.</summary>
internal readonly record struct JobVerdict(bool IsIgnored, bool FailsJob, string? Message, bool FailsIndex = false, string? Action = null);
