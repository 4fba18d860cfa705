namespace Sampan.Scale;

/// <summary>One moment of a run.</summary>
internal readonly record struct Sample(double Seconds, long Created, long Bound, long ResidentMb);
