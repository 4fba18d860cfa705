namespace Sampan.ApiServer.OpenApi;

/// <summary>Swagger 2.0 or OpenAPI 3.0: they differ in references, defaults and operations.</summary>
internal enum OpenApiFlavor
{
    V2,
    V3,
}
