namespace Sampan.ApiServer.Registry;

/// <summary>
/// What actions on one resource need of the others. The catalog is made from the descriptors that hold the actions, so it is
/// filled in after them.
/// </summary>
internal sealed class RegistryLinks
{
    private ResourceCatalog? _catalog;
    private RegistryWriter? _writer;

    public ResourceCatalog Catalog
    {
        get => _catalog ?? throw new InvalidOperationException("the catalog is not composed yet");
        set => _catalog = value;
    }

    public RegistryWriter Writer
    {
        get => _writer ?? throw new InvalidOperationException("the writer is not composed yet");
        set => _writer = value;
    }
}
