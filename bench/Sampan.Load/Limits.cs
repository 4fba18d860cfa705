namespace Sampan.Load;

/// <summary>The bounds of a run: a scenario ends at its number of requests or at its time, whichever is first.</summary>
internal sealed record Limits(int Requests, TimeSpan Time, int Pods, int Watchers, int ManyWatchers, TimeSpan Settle);
