namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>How far the emptying of a volume is; what went wrong, if it did.</summary>
internal readonly record struct RecycleStep(bool IsDone, string? Failure = null);
