using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Cycle;

/// <summary>Where a pod goes (null: nowhere), and what the plugins know from finding it.</summary>
internal readonly record struct CycleResult(string? Node, CycleState State, Diagnosis Diagnosis, string? NominatedNode = null);
