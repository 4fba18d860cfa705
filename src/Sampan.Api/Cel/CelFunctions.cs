namespace Sampan.Api.Cel;

/// <summary>All functions by name: those called as f(x), and those called as x.f().</summary>
internal static class CelFunctions
{
    private static readonly Dictionary<string, CelFunction> Globals = [];
    private static readonly Dictionary<string, CelFunction> Members = [];

    static CelFunctions()
    {
        CelConversions.AddTo(Globals, Members);
        CelStrings.AddTo(Members);
        CelLists.AddTo(Globals, Members);
        CelQuantities.AddTo(Globals, Members);
        CelNetworks.AddTo(Globals, Members);
        CelFormat.AddTo(Globals, Members);
        CelTimes.AddTo(Members);
        CelTextFormat.AddTo(Globals, Members);
    }

    public static CelFunction? Global(string name) => Globals.GetValueOrDefault(name);

    public static CelFunction? Member(string name) => Members.GetValueOrDefault(name);
}
