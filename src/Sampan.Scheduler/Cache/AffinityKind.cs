namespace Sampan.Scheduler.Cache;

/// <summary>What a term of a pod's affinity asks for.</summary>
public enum AffinityKind
{
    Required,
    RequiredAnti,
    Preferred,
    PreferredAnti,
}
