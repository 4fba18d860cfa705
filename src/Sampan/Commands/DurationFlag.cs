using System.CommandLine;
using Sampan.Api;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>A flag with a length of time, written as Go writes it: 1m30s.</summary>
internal sealed class DurationFlag(string name, TimeSpan standard, string description)
{
    public Option<string> Option { get; } = new(name) { Description = description, DefaultValueFactory = _ => ((Duration)standard).ToString() };

    /// <exception cref="HostException">It is no length of time.</exception>
    public TimeSpan Value(ParseResult result) => Duration.TryParse(result.GetValue(Option), out var duration)
        ? duration
        : throw new HostException($"{Option.Name}: \"{result.GetValue(Option)}\" is no duration; write it as 1m30s");
}
