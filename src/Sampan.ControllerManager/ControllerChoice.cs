namespace Sampan.ControllerManager;

/// <summary>Which controllers run, by what <c>--controllers</c> says.</summary>
internal sealed class ControllerChoice
{
    private readonly IReadOnlyList<string> _chosen;
    private readonly IReadOnlyList<string> _offByDefault;

    /// <exception cref="ArgumentException">A controller is named that does not exist.</exception>
    public ControllerChoice(IReadOnlyList<string> chosen, IReadOnlyList<string> known, IReadOnlyList<string> offByDefault)
    {
        (_chosen, _offByDefault) = ([.. chosen.Select(ControllerAliases.Resolve)], offByDefault);
        var unknown = _chosen.Select(c => c.TrimStart('-')).Where(c => c != "*" && !known.Contains(c)).ToList();
        if (unknown.Count > 0)
            throw new ArgumentException($"unknown controllers: {string.Join(", ", unknown)}; known are {string.Join(", ", known)}");
    }

    public bool IsOn(string name) =>
        !_chosen.Contains("-" + name) && (_chosen.Contains(name) || (_chosen.Contains("*") && !_offByDefault.Contains(name)));
}
