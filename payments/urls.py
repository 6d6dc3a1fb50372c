"""The pages of a trainer's payments and receipts, and the webhook."""

from django.urls import path

from payments import views

app_name = "payments"
urlpatterns = [
    path("payments/", views.list_payments, name="list"),
    path("payments/statement.csv", views.download_statement, name="statement"),
    path("payments/<int:pk>/receipt.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("payments/<int:pk>/receipt/", views.receipt_page, name="receipt"),
    path("payments/webhook/", views.provider_event, name="webhook"),
]
