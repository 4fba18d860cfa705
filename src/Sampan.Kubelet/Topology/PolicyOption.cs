using Sampan.Api;

namespace Sampan.Kubelet.Topology;

/// <summary>Options of policies are texts that stand for true or false.</summary>
internal static class PolicyOption
{
    public static bool IsOn(IReadOnlyDictionary<string, string> options, string name) => GoText.ParseBool(options.GetValueOrDefault(name, "")) == true;

    public static string? Problem(string name, string text) =>
        GoText.ParseBool(text) is null ? $"bad value for option \"{name}\": strconv.ParseBool: parsing \"{text}\": invalid syntax" : null;
}
