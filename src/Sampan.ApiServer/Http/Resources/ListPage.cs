using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>The objects a list answers with, as stored, and what its metadata says.</summary>
internal sealed record ListPage(IReadOnlyCollection<CachedObject> Items, long Revision, string Continue = "", long? Remaining = null)
{
    /// <summary>How many objects were looked at to find these.</summary>
    public int Examined { get; init; } = Items.Count;
}
