using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

/// <summary>A plugin as a user of the library writes one.</summary>
internal sealed class Lucky(string node) : IScorePlugin
{
    public string Name => nameof(Lucky);

    public string Node => node;

    public long Score(CycleState state, PodInfo pod, NodeInfo candidate) => candidate.Name == node ? 100 : 0;
}
