using Sampan.Api;

namespace Sampan.ApiServer.Watch;

/// <summary>The fields of a kind, beside name and namespace, that field selectors may name, and how to read their values.</summary>
internal sealed record SelectableFields(IReadOnlyList<string> Names, Func<IObject, IReadOnlyList<string>> ValuesOf)
{
    public static SelectableFields None { get; } = new([], _ => []);

    /// <summary>The place of a field among the values; -1 when it is not selectable.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
