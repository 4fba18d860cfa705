using System.CommandLine;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>
/// A flag of upstream's component that has nothing to set here. Taking it lets existing command lines work; what it would have
/// changed is said, and refused where silence would be dangerous.
/// </summary>
internal sealed class UpstreamFlag
{
    private readonly Option<string[]> _option;
    private readonly Func<string, IEnumerable<string>> _remarks;

    private UpstreamFlag(string name, Func<string, IEnumerable<string>> remarks)
    {
        _remarks = remarks;
        _option = new Option<string[]>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrMore };
    }

    /// <summary>A command line as upstream reads it: in the names of flags an underscore is a dash.</summary>
    public static string[] Dashed(string[] args) => [.. args.Select(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.Split('=', 2) is [var name, .. var value]
        ? string.Join('=', [name.Replace('_', '-'), .. value]) : arg)];

    /// <summary>Taken with any value and without effect.</summary>
    public static UpstreamFlag WithoutEffect(string name, string reason) => new(name, _ => [Idle(name, reason)]);

    /// <summary>Taken with the value that is built in; others are refused.</summary>
    public static UpstreamFlag Only(string name, string value) =>
        new(name, given => given == value ? [Idle(name, $"\"{value}\" is built in")] : throw new HostException($"{name} \"{given}\" is not supported: only \"{value}\" is"));

    /// <summary>Refused: to go on without it would be less safe than what was asked for.</summary>
    public static UpstreamFlag Refused(string name, string instead) => new(name, _ => throw new HostException($"{name} is not supported: {instead}"));

    /// <summary>--feature-gates: refused where upstream refuses it; a gate that would change something is named.</summary>
    public static UpstreamFlag FeatureGates { get; } = new("--feature-gates", GateRemarks);

    public static void AddTo(Command command, IEnumerable<UpstreamFlag> flags)
    {
        foreach (var flag in flags) command.Options.Add(flag._option);
    }

    /// <summary>Says what the given flags don't change.</summary>
    /// <exception cref="HostException">A flag asks for something that is not here.</exception>
    public static IEnumerable<string> Remarks(ParseResult result, IEnumerable<UpstreamFlag> flags) =>
        flags.Where(flag => result.GetResult(flag._option) is not null)
            .SelectMany(flag => flag._remarks(string.Join(',', result.GetValue(flag._option) ?? [])));

    private static string Idle(string name, string reason) => $"{name} has no effect: {reason}";

    private static IEnumerable<string> GateRemarks(string value)
    {
        try
        {
            var asked = Client.Features.FeatureGates.Parse(value);
            return Client.Features.FeatureGates.Problem(asked) is { } problem ? throw new HostException(problem) : Client.Features.FeatureGates.Remarks(asked);
        }
        catch (FormatException e)
        {
            throw new HostException(e.Message);
        }
    }
}
