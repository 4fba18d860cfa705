namespace Sampan.ApiServer;

/// <summary>Where traces are sent, by OTLP over gRPC, and how many requests are traced.</summary>
/// <param name="Endpoint">The collector, such as http://localhost:4317.</param>
/// <param name="SamplingRatePerMillion">Of a million requests that nobody else traces, so many.</param>
public sealed record TracingOptions(Uri Endpoint, int SamplingRatePerMillion);
