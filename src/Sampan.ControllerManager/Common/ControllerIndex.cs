namespace Sampan.ControllerManager.Common;

/// <summary>
/// An index of objects by the uid of their managing owner; objects without one are found under their namespace.
/// It finds a controller's children, and those that it may adopt, without looking at the others.
/// </summary>
internal static class ControllerIndex
{
    private const string Name = "controller";

    public static void AddTo<T>(Informer<T> informer)
        where T : class, IObject => informer.AddIndex(Name, o => [o.Metadata.Controller()?.Uid ?? Orphans(o.Metadata.Namespace)]);

    public static IEnumerable<T> OwnedBy<T>(Informer<T> informer, IObject owner)
        where T : class, IObject => informer.ByIndex(Name, owner.Metadata.Uid);

    /// <summary>The owner's objects and the orphans of its namespace.</summary>
    public static IEnumerable<T> Candidates<T>(Informer<T> informer, IObject owner)
        where T : class, IObject => OwnedBy(informer, owner).Concat(informer.ByIndex(Name, Orphans(owner.Metadata.Namespace)));

    private static string Orphans(string? ns) => "orphan:" + ns;
}
