using Sampan.Api;

namespace Sampan.ApiServer;

/// <summary>
/// The stored objects as the server's own parts read them: authorization, token checks, admission.
/// Backed by the watch caches; objects are shared and must not be changed.
/// </summary>
internal interface IObjectSource
{
    /// <summary>All objects, or those of one namespace.</summary>
    IEnumerable<T> List<T>(string? ns = null)
        where T : class, IObject<T>;

    /// <summary>The object; the namespace is null for kinds without one.</summary>
    T? Get<T>(string? ns, string name)
        where T : class, IObject<T>;

    /// <summary>
    /// Reports every object: first those that exist, as (null, object), then each change in order;
    /// a deleted one as (object, null).
    /// </summary>
    IDisposable Subscribe<T>(Action<T?, T?> onChange)
        where T : class, IObject<T>;
}
