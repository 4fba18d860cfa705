using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>systemd's programs, and the units that they have made.</summary>
internal sealed class FakeSystemd : ICommands
{
    /// <summary>The properties of each unit, by their names: the types and the values.</summary>
    public Dictionary<string, Dictionary<string, string>> Units { get; } = [];

    /// <summary>What was done, in few words: <c>StartTransientUnit a.slice</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What every program fails with; null for none.</summary>
    public string? Failure { get; set; }

    /// <summary>Told of each call before it is done.</summary>
    public Action<string>? Calling { get; set; }

    public Task<string> RunAsync(
        string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string input, TimeSpan limit, CancellationToken cancellationToken)
    {
        var call = program == "systemctl" ? $"{args[0]} {args[2]}" : $"{args[7]} {args[9]}";
        Calling?.Invoke(call);
        Calls.Add(call);
        if (Failure is not null)
        {
            throw new IOException(Failure);
        }

        if (program == "busctl")
        {
            Call(args[7], args[8], [.. args.Skip(9)]);
        }
        else
        {
            Control(args[0], args[2]);
        }

        return Task.FromResult("");
    }

    private void Call(string method, string signature, string[] words)
    {
        var isNew = method == "StartTransientUnit";
        Assert.Equal(isNew ? "ssa(sv)a(sa(sv))" : "sba(sv)", signature);
        Assert.Equal(isNew ? "replace" : "true", words[1]);
        if (isNew && !Units.TryAdd(words[0], []))
        {
            throw new IOException($"busctl ended with code 1: Call failed: Unit {words[0]} was already loaded or has a fragment file.");
        }

        var (unit, at) = (Units[words[0]], 3);
        for (var left = int.Parse(words[2]); left > 0; left--)
        {
            var (name, type) = (words[at], words[at + 1]);
            at += type == "as" ? 3 : 2;
            unit[name] = $"{type} {words[at++]}";
        }

        Assert.Equal(isNew ? ["0"] : [], words[at..]);
    }

    private void Control(string verb, string unit)
    {
        if (!(verb == "stop" ? Units.Remove(unit) : Units.ContainsKey(unit)))
        {
            throw new IOException($"systemctl ended with code 5: Unit {unit} not loaded.");
        }
    }
}
