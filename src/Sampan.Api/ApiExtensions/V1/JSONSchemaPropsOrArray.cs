namespace Sampan.Api.ApiExtensions.V1;

public sealed class JSONSchemaPropsOrArray
{
    public List<JSONSchemaProps>? JSONSchemas { get; set; }

    public JSONSchemaProps? Schema { get; set; }
}
