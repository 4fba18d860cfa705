namespace Sampan.Kubelet.Topology;

/// <summary>Options of policies are texts that stand for true or false.</summary>
internal static class PolicyOption
{
    /// <summary>Null where it is neither.</summary>
    public static bool? Truth(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    public static string? Problem(string name, string text) =>
        Truth(text) is null ? $"bad value for option \"{name}\": strconv.ParseBool: parsing \"{text}\": invalid syntax" : null;
}
