using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Cycle;

/// <summary>One refusal in a plugin's words.</summary>
internal sealed record Verdict(string Plugin, PluginStatus Status);
