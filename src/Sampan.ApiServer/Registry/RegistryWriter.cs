namespace Sampan.ApiServer.Registry;

/// <summary>The three ways to write, over one admission chain.</summary>
internal sealed class RegistryWriter
{
    public RegistryWriter(Admission.AdmissionChain admission)
    {
        Creation = new ObjectCreation(admission);
        Update = new ObjectUpdate(admission, Creation);
        Deletion = new ObjectDeletion(admission);
        Admission = admission;
    }

    public ObjectCreation Creation { get; }

    public ObjectUpdate Update { get; }

    public ObjectDeletion Deletion { get; }

    public Admission.AdmissionChain Admission { get; }
}
