using Sampan.Api;

namespace Sampan.ApiServer.Registry;

/// <summary>Kinds without rules of their own.</summary>
internal sealed class GenericStrategy : Strategy
{
    public static GenericStrategy Instance { get; } = new();

    public override bool ChecksMetadataAgain => false;

    public override void PrepareForCreate(WriteContext context, IObject obj)
    {
    }

    public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old)
    {
    }

    public override FieldErrors Validate(WriteContext context, IObject obj) => [];

    public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old) => [];
}
