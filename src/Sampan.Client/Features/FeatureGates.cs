namespace Sampan.Client.Features;

/// <summary>
/// What --feature-gates and the field featureGates ask for. Upstream: staging/src/k8s.io/component-base/featuregate.
/// <code>
/// PodDeletionCost=false            it can be asked for, but stays on: said
/// SidecarContainers=false          locked to true: refused
/// AllAlpha=true                    stands for all of its stage: said
/// PodDeletionCots=false            no gate: refused
/// </code>
/// </summary>
public static class FeatureGates
{
    private const string Component = "kube";

    /// <summary>Reads <c>Name=true,kube:Other=false</c>.</summary>
    /// <exception cref="FormatException">It is written otherwise, or meant for another component.</exception>
    public static Dictionary<string, bool> Parse(string text)
    {
        var asked = new Dictionary<string, bool>();
        foreach (string word in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = Own(word).Split('=', 2);
            string name = pair[0].Trim();
            if (pair.Length < 2) throw new FormatException($"missing bool value for {name}");
            asked[name] = Switch(name, pair[1].Trim());
        }
        return asked;
    }

    /// <summary>Why this can't be asked for; an unknown name hides what else is wrong.</summary>
    public static IReadOnlyList<string> Problems(IReadOnlyDictionary<string, bool> asked)
    {
        if (asked.Keys.FirstOrDefault(name => !KnownFeatures.All.ContainsKey(name)) is { } unknown) return [$"unrecognized feature gate: {unknown}"];
        var locked = asked.Where(one => KnownFeatures.All[one.Key] is { IsLocked: true } feature && feature.Default != one.Value)
            .Select(one => $"cannot set feature gate {one.Key} to {Text(one.Value)}, feature is locked to {Text(!one.Value)}").ToList();
        return locked.Count > 0 ? locked : [.. KnownFeatures.Needs.Where(one => IsOn(asked, one.Key)).SelectMany(one => Missing(asked, one.Key, one.Value))];
    }

    /// <summary>The problems as upstream joins them; null without any.</summary>
    public static string? Problem(IReadOnlyDictionary<string, bool> asked) => Problems(asked) switch
    {
        [] => null,
        [var one] => one,
        var several => $"[{string.Join(", ", several)}]",
    };

    /// <summary>What is asked for and not done, and what upstream says of gates that will go.</summary>
    public static IEnumerable<string> Remarks(IReadOnlyDictionary<string, bool> asked)
    {
        foreach (var (name, value) in asked)
        {
            var feature = KnownFeatures.All[name];
            if (feature.Stage == Feature.Stable) yield return $"Setting GA feature gate {name}={Text(value)}. It will be removed in a future release.";
            if (feature.Stage == Feature.Deprecated) yield return $"Setting deprecated feature gate {name}={Text(value)}. It will be removed in a future release.";
            if (feature.IsOn != value) yield return $"feature gate {name}={Text(value)} has no effect: {Why(feature)}";
        }
    }

    private static string Why(Feature feature) => feature.IsOn ? "the feature is part of what is built and stays on" : "the feature is not built and stays off";

    private static bool Switch(string name, string value) => value switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw new FormatException($"invalid value of {name}={value}, err: strconv.ParseBool: parsing \"{value}\": invalid syntax"),
    };

    private static string Own(string word) => word.Split(':', 2) switch
    {
        [var component, var rest] when component.Trim() is Component or "" => rest,
        [var component, _] => throw new FormatException($"component not registered: {component.Trim()}"),
        _ => word,
    };

    private static IEnumerable<string> Missing(IReadOnlyDictionary<string, bool> asked, string name, string[] needed)
    {
        var off = needed.Where(one => !IsOn(asked, one)).ToList();
        return off.Count == 0 ? [] : [$"{name} is enabled, but depends on features that are disabled: [{string.Join(' ', off)}]"];
    }

    private static bool IsOn(IReadOnlyDictionary<string, bool> asked, string name)
    {
        var feature = KnownFeatures.All[name];
        if (asked.TryGetValue(name, out bool given)) return given;
        return feature.Stage switch
        {
            Feature.Alpha => asked.GetValueOrDefault("AllAlpha", feature.Default),
            Feature.Beta => asked.GetValueOrDefault("AllBeta", feature.Default),
            _ => feature.Default,
        };
    }

    private static string Text(bool value) => value ? "true" : "false";
}
