namespace Sampan.ApiServer.Http.Negotiation;

/// <summary>What the client wants instead of the objects themselves.</summary>
internal enum ObjectView
{
    None,
    Table,
    PartialMetadata,
    PartialMetadataList,
}
