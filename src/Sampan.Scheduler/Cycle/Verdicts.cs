using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Cycle;

/// <summary>
/// The different refusals that were given so far, as small numbers, so that a node's verdict is two bytes. Zero: it passes.
/// </summary>
internal sealed class Verdicts
{
    public const ushort Passes = 0;

    /// <summary>Beyond this many, what holds numbers is dropped and numbering starts anew.</summary>
    private const int Capacity = 16_384;

    private readonly List<Verdict?> _all = [null];
    private readonly Dictionary<(string Plugin, object Reasons), ushort> _byReference = [];
    private readonly Dictionary<(string Plugin, Code Code, string Reasons), ushort> _byText = [];

    public bool IsFull => _all.Count >= Capacity;

    /// <summary>Whether any plugin broke, rather than refused.</summary>
    public bool HasErrors { get; private set; }

    public Verdict this[ushort id] => _all[id]!;

    /// <summary>The number of a refusal. Plugins mostly give the same object again, which is found without comparing texts.</summary>
    public ushort IdOf(string plugin, in PluginStatus status)
    {
        var reference = (plugin, (object?)status.Reasons ?? plugin);
        if (_byReference.TryGetValue(reference, out var id) && _all[id]!.Status.Code == status.Code) return id;
        var text = (plugin, status.Code, string.Join('\n', status.Reasons ?? []));
        if (!_byText.TryGetValue(text, out id))
        {
            id = (ushort)_all.Count;
            _all.Add(new Verdict(plugin, status));
            HasErrors |= status.Code == Code.Error;
            _byText[text] = id;
        }
        if (_byReference.Count < Capacity) _byReference[reference] = id;
        return id;
    }

    public void Clear()
    {
        _all.RemoveRange(1, _all.Count - 1);
        _byReference.Clear();
        _byText.Clear();
        HasErrors = false;
    }
}
