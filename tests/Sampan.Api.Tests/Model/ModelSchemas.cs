namespace Sampan.Api.Tests.Model;

/// <summary>The schemas of all kinds and of the types that they are made of.</summary>
internal static class ModelSchemas
{
    public static Dictionary<string, TypeSchema> All()
    {
        Dictionary<string, TypeSchema> all = [];
        foreach (KindInfo kind in Kinds.Typed)
        {
            Collect(kind.Schema, all);
        }

        return all;
    }

    private static void Collect(TypeSchema schema, Dictionary<string, TypeSchema> all)
    {
        if (all.TryAdd(schema.Name, schema))
        {
            foreach (TypeSchema child in schema.Fields.Select(f => f.Object).OfType<TypeSchema>())
            {
                Collect(child, all);
            }
        }
    }
}
